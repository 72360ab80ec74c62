// What a Redis command is, and how its arguments are read.

import type { Client } from "../client.ts";
import { Refusal, type Reply } from "../resp.ts";

/** @throws Refusal */
export type Run = (client: Client, args: readonly string[]) => Reply | Promise<Reply>;

export interface Command {
  /** With its own name, as Redis counts; negative: at least so many. */
  readonly arity: number;
  readonly run: Run;
}

/** By name in lower case. */
export type Commands = { readonly [name: string]: Command };

export const command = (arity: number, run: Run): Command => ({ arity, run });

export const SYNTAX_ERROR = new Refusal("ERR syntax error");
const NOT_AN_INTEGER = new Refusal("ERR value is not an integer or out of range");

/** @throws Refusal */
export function integer(text: string | undefined): number {
  if (text === undefined || !/^-?\d{1,19}$/.test(text)) throw NOT_AN_INTEGER;
  return Number(text);
}

/** @throws Refusal */
export function float(text: string | undefined): number {
  if (text !== undefined && /^[+-]?inf(?:inity)?$/i.test(text)) {
    return text.startsWith("-") ? -Infinity : Infinity;
  }
  const number = text?.trim() ? Number(text) : NaN;
  if (Number.isNaN(number)) throw new Refusal("ERR value is not a valid float");
  return number;
}

export function floatText(number: number): string {
  if (number === Infinity) return "inf";
  return number === -Infinity ? "-inf" : String(number);
}

/** Indexes as LRANGE, ZRANGE and GETRANGE take them: negative ones count from the end. */
export function bounds(length: number, first: number, last: number): [number, number] {
  const from = Math.max(0, first < 0 ? length + first : first);
  const to = Math.min(length - 1, last < 0 ? length + last : last);
  return [from, to + 1];
}

/** A glob as KEYS and PSUBSCRIBE take it. */
export function globPattern(glob: string): RegExp {
  let source = "";
  for (let at = 0; at < glob.length; at++) {
    const letter = glob[at]!;
    const end = letter === "[" ? glob.indexOf("]", at) : -1;
    if (letter === "*") source += "[^]*";
    else if (letter === "?") source += "[^]";
    else if (letter === "\\") source += quoted(glob[++at] ?? "\\");
    else if (end > at + 1) {
      const inner = glob.slice(at + 1, end).replace(/[\\\]]/g, "\\$&");
      source += `[${inner}]`;
      at = end;
    } else source += quoted(letter);
  }
  return new RegExp(`^${source}$`);
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
