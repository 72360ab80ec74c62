// sort: lines in order, by keys.

import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { allLines, asLines, type Outcome } from "./input.ts";
import { parseOptions } from "./options.ts";

interface Key {
  from: number;
  to: number;
  flags: string;
}

export const sort: Applets = {
  sort: async (process) => {
    const options = await parseOptions(
      process,
      "nrufhbdgMVsczk:t:o:m[reverse][unique][numeric-sort][key]:",
    );
    if (typeof options === "number") return options;
    const flags = ["n", "r", "f", "h", "b", "g", "V", "M"]
      .filter((flag) => options.has(flag))
      .join("");
    const isReversed = options.has("r", "reverse");
    const keys = options.values("k", "key").map(keyOf);
    const separator = options.value("t");
    const outcome: Outcome = { code: 0 };
    const lines = await allLines(process, options.operands, outcome);
    const order = (a: string, b: string) =>
      byKeys(a, b, { keys, flags: flags + (options.has("numeric-sort") ? "n" : ""), separator });
    if (options.has("c")) return isSorted(process, lines, order);
    lines.sort((a, b) => {
      const by = order(a, b);
      const last = by !== 0 || options.has("s", "u") ? by : compareText(a, b);
      return isReversed ? -last : last;
    });
    const kept = options.has("u", "unique")
      ? lines.filter((line, at) => at === 0 || order(lines[at - 1]!, line) !== 0)
      : lines;
    const output = options.value("o");
    if (output === undefined) await process.print(asLines(kept));
    else process.files.write(output, asLines(kept));
    return outcome.code;
  },
};

async function isSorted(
  process: Process,
  lines: readonly string[],
  order: (a: string, b: string) => number,
): Promise<number> {
  const at = lines.findIndex((line, index) => index > 0 && order(lines[index - 1]!, line) > 0);
  return at < 0 ? 0 : complaint(process, `-:${at + 1}: disorder: ${lines[at]}`);
}

function keyOf(text: string): Key {
  const [, from = "1", fromFlags = "", to, toFlags = ""] =
    /^(\d+)(?:\.\d+)?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(text) ?? [];
  return { from: Number(from), to: to ? Number(to) : Infinity, flags: fromFlags + toFlags };
}

function byKeys(
  a: string,
  b: string,
  { keys, flags, separator }: { keys: Key[]; flags: string; separator: string | undefined },
): number {
  if (keys.length === 0) return compare(a, b, flags);
  for (const key of keys) {
    const used = key.flags || flags;
    const by = compare(part(a, key, separator), part(b, key, separator), used);
    if (by !== 0) return key.flags.includes("r") && !flags.includes("r") ? -by : by;
  }
  return 0;
}

function part(line: string, { from, to }: Key, separator: string | undefined): string {
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  return fields.slice(from - 1, to).join(separator ?? "");
}

function compare(a: string, b: string, flags: string): number {
  if (flags.includes("n") || flags.includes("g"))
    return (parseFloat(a) || 0) - (parseFloat(b) || 0);
  if (flags.includes("h")) return humanSize(a) - humanSize(b);
  if (flags.includes("V")) return a.localeCompare(b, "en", { numeric: true });
  if (flags.includes("b")) [a, b] = [a.trimStart(), b.trimStart()];
  return flags.includes("f") ? compareText(a.toUpperCase(), b.toUpperCase()) : compareText(a, b);
}

function humanSize(text: string): number {
  const [, number = "0", unit = ""] = /^\s*([\d.]+)([KMGT]?)/.exec(text) ?? [];
  return Number(number) * 1024 ** " KMGT".indexOf(unit || " ");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
