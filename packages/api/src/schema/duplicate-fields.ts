// Members that a JSON text names twice. JSON.parse keeps the last and forgets the rest, so strict
// validation reads the text itself.

import { duplicateField } from "./decode-error.ts";

/** No more problems than the server collects. */
const MAX_PROBLEMS = 100;

interface Open {
  /** Names met so far; undefined in lists. */
  readonly names: Set<string> | undefined;
  /** How the value inside is named: `spec`, `[0]` */
  step: string;
  index: number;
}

/**
 * `duplicate field "spec.replicas"`, each once, in the order of the text.
 * @param jsonText must be valid JSON
 */
export function findDuplicateFields(jsonText: string): string[] {
  const open: Open[] = [];
  const found = new Set<string>();
  for (let at = 0; at < jsonText.length && found.size < MAX_PROBLEMS; at += 1) {
    const character = jsonText[at];
    if (character === '"') {
      const end = endOfString(jsonText, at);
      if (open.at(-1)?.names !== undefined && isBeforeColon(jsonText, end)) {
        meet(open, nameOf(jsonText.slice(at, end)), found);
      }
      at = end - 1;
    } else if (character === "{") open.push({ names: new Set(), step: "", index: 0 });
    else if (character === "[") open.push({ names: undefined, step: "[0]", index: 0 });
    else if (character === "}" || character === "]") open.pop();
    else if (character === ",") nextItem(open.at(-1));
  }
  return [...found];
}

/** The index after the closing quote. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

function isBeforeColon(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= 32) at += 1;
  return text[at] === ":";
}

function nextItem(inner: Open | undefined): void {
  if (inner === undefined || inner.names !== undefined) return;
  inner.index += 1;
  inner.step = `[${inner.index}]`;
}

function meet(open: readonly Open[], name: string, found: Set<string>): void {
  const inner = open[open.length - 1]!;
  inner.step = name;
  if (inner.names!.has(name)) found.add(duplicateField(pathOf(open)));
  else inner.names!.add(name);
}

const nameOf = (quoted: string) =>
  quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);

const pathOf = (open: readonly Open[]) =>
  open
    .map(({ step, names }, index) => (names === undefined || index === 0 ? step : `.${step}`))
    .join("");
