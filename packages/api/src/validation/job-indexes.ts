// `1,3-5,7`: the indexes of a job's pods, in order, each below the number of completions.
// @see kubernetes pkg/apis/batch/validation/validation.go validateIndexesFormat

export interface IndexCount {
  readonly total: number;
  /** What is wrong with the text; "" when nothing is. */
  readonly problem: string;
}

export function countIndexes(text: string, completions: number): IndexCount {
  let [total, previous] = [0, -1];
  if (text === "") return { total, problem: "" };
  for (const part of text.split(",")) {
    const interval = parseInterval(part, completions);
    if (typeof interval === "string") return { total: 0, problem: interval };
    const [first, last] = interval;
    if (previous >= first) {
      const problem = `non-increasing order, previous: ${previous}, current: ${first}`;
      return { total: 0, problem };
    }
    total += last - first + 1;
    previous = last;
  }
  return { total, problem: "" };
}

/** The first index that both texts hold; undefined when there is none. */
export function overlapOf(one: string, other: string, completions: number): number | undefined {
  const [a, b] = [intervalsOf(one, completions), intervalsOf(other, completions)];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [first, last] = a[i]!;
    const [start, end] = b[j]!;
    if (first <= end && start <= last) return Math.max(first, start);
    if (first <= start) i += 1;
    else j += 1;
  }
  return undefined;
}

type Interval = readonly [first: number, last: number];

const intervalsOf = (text: string, completions: number): Interval[] =>
  text === ""
    ? []
    : text
        .split(",")
        .map((part) => parseInterval(part, completions))
        .filter((one) => typeof one !== "string");

function parseInterval(text: string, completions: number): Interval | string {
  const limits = text.split("-");
  if (limits.length > 2) {
    return (
      `the fragment ${JSON.stringify(text)} violates the requirement that an index interval can ` +
      "have at most two parts separated by '-'"
    );
  }
  for (const limit of limits) {
    if (!/^\+?\d+$/.test(limit)) {
      return `cannot convert string to integer for index: ${JSON.stringify(limit)}`;
    }
    if (Number(limit) >= completions) return `too large index: ${JSON.stringify(limit)}`;
  }
  const [first = 0, last] = limits.map(Number);
  if (last === undefined) return [first, first];
  if (first < last) return [first, last];
  return `non-increasing order, previous: ${first}, current: ${last}`;
}
