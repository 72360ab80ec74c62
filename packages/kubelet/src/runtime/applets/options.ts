// Command-line options as getopt(3) reads them.

import type { Process } from "../process/process.ts";
import { complaint, unknownOption } from "./complaint.ts";

export interface Parsed {
  has(...names: string[]): boolean;
  /** The last value given. */
  value(...names: string[]): string | undefined;
  values(...names: string[]): string[];
  readonly operands: string[];
}

/**
 * `spec` as for getopt, long names in brackets: `"nl:[lines]:"`; a leading `+` stops at the first
 * operand. @returns the exit code after an unknown option was told
 */
export async function parseOptions(process: Process, spec: string): Promise<Parsed | number> {
  const known = readSpec(spec);
  const found = new Map<string, string[]>();
  const operands: string[] = [];
  const rest = process.argv.slice(1);
  const add = (name: string, value: string) => found.set(name, [...(found.get(name) ?? []), value]);
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (arg === "--") {
      operands.push(...rest);
      break;
    }
    if (arg === "-" || !arg.startsWith("-")) {
      operands.push(arg);
      if (!spec.startsWith("+")) continue;
      operands.push(...rest);
      break;
    }
    const failure = takeOption(arg, rest, known, add);
    if (failure === "unknown") return unknownOption(process, arg);
    if (failure) return complaint(process, `option requires an argument -- '${failure}'`);
  }
  return {
    has: (...names) => names.some((name) => found.has(name)),
    value: (...names) =>
      names.map((name) => found.get(name)?.at(-1)).find((one) => one !== undefined),
    values: (...names) => names.flatMap((name) => found.get(name) ?? []),
    operands,
  };
}

function readSpec(spec: string): Map<string, boolean> {
  const known = new Map<string, boolean>();
  for (const [, long, short, colon] of spec.matchAll(/(?:\[([\w-]+)\]|([^+:[\]]))(:?)/g)) {
    known.set((long ?? short)!, colon === ":");
  }
  return known;
}

/** @returns undefined, `unknown`, or the option that lacks its argument */
function takeOption(
  arg: string,
  rest: string[],
  known: ReadonlyMap<string, boolean>,
  add: (name: string, value: string) => void,
): string | undefined {
  if (arg.startsWith("--")) {
    const [, name = "", value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    const takes = known.get(name);
    if (takes === undefined || name.length < 2) return "unknown";
    const given = takes ? (value ?? rest.shift()) : "";
    if (given === undefined) return name;
    add(name, given);
    return undefined;
  }
  for (let at = 1; at < arg.length; at++) {
    const letter = arg[at]!;
    const takes = known.get(letter);
    if (takes === undefined) return "unknown";
    if (!takes) {
      add(letter, "");
      continue;
    }
    const value = arg.slice(at + 1) || rest.shift();
    if (value === undefined) return letter;
    add(letter, value);
    return undefined;
  }
  return undefined;
}
