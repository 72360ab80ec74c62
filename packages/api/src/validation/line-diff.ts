// A unified diff of two texts, for messages that show what an update would have changed.

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

const contextLines = 3;
/** Longer texts are not compared line by line: the table would be too large. */
const longestCompared = 2000;

/** `@@ -1,3 +1,3 @@` blocks with three lines of context; "" when the texts are equal. */
export function lineDiff(before: string, after: string): string {
  const lines = compare(before.split("\n"), after.split("\n"));
  const blocks: string[] = [];
  for (const [start, end] of blockRanges(lines)) {
    const [left, right] = [position(lines, start, "+"), position(lines, start, "-")];
    const block = lines.slice(start, end);
    const leftCount = block.filter(({ mark }) => mark !== "+").length;
    const rightCount = block.filter(({ mark }) => mark !== "-").length;
    blocks.push(`@@ -${left},${leftCount} +${right},${rightCount} @@\n`);
    blocks.push(...block.map(({ mark, text }) => `${mark}${text}\n`));
  }
  return blocks.join("");
}

/** What differs between two values, as JSON with members in order. */
export const valueDiff = (before: unknown, after: unknown): string =>
  lineDiff(shown(before), shown(after));

const shown = (value: unknown) => JSON.stringify(value, sortedMembers, 1) ?? "null";

/** So that two values written in different orders show only real differences. */
function sortedMembers(_: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One-based line number in the text that does not have lines marked `other`. */
const position = (lines: readonly Line[], index: number, other: "+" | "-") =>
  lines.slice(0, index).filter(({ mark }) => mark !== other).length + 1;

function blockRanges(lines: readonly Line[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const [i, { mark }] of lines.entries()) {
    if (mark === " ") continue;
    const start = Math.max(0, i - contextLines);
    const end = Math.min(lines.length, i + contextLines + 1);
    const last = ranges[ranges.length - 1];
    if (last !== undefined && start <= last[1]) last[1] = end;
    else ranges.push([start, end]);
  }
  return ranges;
}

/** Along a longest common subsequence. */
function compare(a: readonly string[], b: readonly string[]): Line[] {
  if (a.length > longestCompared || b.length > longestCompared) return replaced(a, b);
  const lengths = commonLengths(a, b);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ mark: " ", text: a[i]! });
      i += 1;
      j += 1;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) lines.push({ mark: "-", text: a[i++]! });
    else lines.push({ mark: "+", text: b[j++]! });
  }
  return [...lines, ...replaced(a.slice(i), b.slice(j))];
}

function replaced(a: readonly string[], b: readonly string[]): Line[] {
  return [
    ...a.map((text): Line => ({ mark: "-", text })),
    ...b.map((text): Line => ({ mark: "+", text })),
  ];
}

/** `[i][j]`: how many lines `a` from i and `b` from j have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [down, right] = [lengths[i + 1]!, lengths[i]!];
      right[j] = a[i] === b[j] ? down[j + 1]! + 1 : Math.max(down[j]!, right[j + 1]!);
    }
  }
  return lengths;
}
