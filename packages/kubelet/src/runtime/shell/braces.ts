// bash's `{a,b}` and `{1..9}`: one word becomes several before anything else happens.

import type { Part, Word } from "./syntax.ts";

const RANGE = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/;
const MOST_WORDS = 100_000;

export function expandBraces(word: Word): Word[] {
  const parts = splitAtBraces(word.parts);
  const open = parts.findIndex((part, index) => isMark(part, "{") && closing(parts, index) > 0);
  if (open < 0) return [word];
  const close = closing(parts, open);
  const before = parts.slice(0, open);
  const after = parts.slice(close + 1);
  const alternatives = alternativesOf(parts.slice(open + 1, close));
  const words = alternatives.flatMap((middle) =>
    expandBraces({ parts: joined([...before, ...middle, ...after]) }),
  );
  return words.slice(0, MOST_WORDS);
}

/** Unquoted braces and commas as parts of their own. */
function splitAtBraces(parts: readonly Part[]): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.kind !== "text" || part.isQuoted) return [part];
    const pieces = part.text.split(/([{},])/).filter((piece) => piece !== "");
    return pieces.map((text) => ({ kind: "text", text, isQuoted: false }));
  });
}

function isMark(part: Part | undefined, mark: string): boolean {
  return part?.kind === "text" && !part.isQuoted && part.text === mark;
}

/** The brace that closes the one at `open` when they enclose alternatives; else -1. */
function closing(parts: readonly Part[], open: number): number {
  let depth = 0;
  let hasComma = false;
  for (let at = open + 1; at < parts.length; at++) {
    const part = parts[at];
    if (isMark(part, "{")) depth++;
    else if (isMark(part, ",") && depth === 0) hasComma = true;
    else if (isMark(part, "}") && depth-- === 0) {
      return hasComma || rangeOf(parts.slice(open + 1, at)) ? at : -1;
    }
  }
  return -1;
}

function alternativesOf(inside: readonly Part[]): Part[][] {
  const range = rangeOf(inside);
  if (range) return range.map((text) => [{ kind: "text", text, isQuoted: false }]);
  const alternatives: Part[][] = [[]];
  let depth = 0;
  for (const part of inside) {
    if (isMark(part, "{")) depth++;
    if (isMark(part, "}")) depth--;
    if (depth === 0 && isMark(part, ",")) alternatives.push([]);
    else alternatives[alternatives.length - 1]!.push(part);
  }
  return alternatives;
}

function rangeOf(inside: readonly Part[]): string[] | undefined {
  const [part] = inside;
  if (inside.length !== 1 || part?.kind !== "text" || part.isQuoted) return undefined;
  const match = RANGE.exec(part.text);
  if (!match) return undefined;
  const [, from = "", to = "", by] = match;
  const isNumeric = /\d/.test(from);
  if (isNumeric !== /\d/.test(to)) return undefined;
  const value = (text: string) => (isNumeric ? Number(text) : text.charCodeAt(0));
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const step = Math.max(1, Math.abs(Number(by ?? 1))) * (value(from) <= value(to) ? 1 : -1);
  const count = Math.min(MOST_WORDS, Math.floor((value(to) - value(from)) / step) + 1);
  return Array.from({ length: count }, (_, index) => {
    const number = value(from) + index * step;
    return isNumeric ? String(number).padStart(width, "0") : String.fromCharCode(number);
  });
}

/** A lone `{` or `,` goes back to being text. */
function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result[result.length - 1];
    if (part.kind === "text" && last?.kind === "text" && part.isQuoted === last.isQuoted) {
      result[result.length - 1] = { ...last, text: last.text + part.text };
    } else {
      result.push(part);
    }
  }
  return result;
}
