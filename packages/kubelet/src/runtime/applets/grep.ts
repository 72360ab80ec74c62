// grep, egrep, fgrep: lines that match.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { asLines, lineBatches, sources, type Outcome } from "./input.ts";
import { parseOptions, type Parsed } from "./options.ts";
import { regularExpression, RegexError } from "./regular-expression.ts";
import { walkTree } from "./walk-tree.ts";

const SPEC =
  "EFGPe:f:ivwxcnlLqshHrRom:A:B:C:a[color]:[colour]:[include]:[exclude]:[quiet][count][ignore-case][invert-match][line-number][recursive][only-matching][extended-regexp][fixed-strings][max-count]:[no-messages]";

async function run(process: Process): Promise<number> {
  const options = await parseOptions(process, SPEC);
  if (typeof options === "number") return 2;
  const operands = [...options.operands];
  const patterns = patternsOf(process, options, operands);
  if (!patterns) {
    return complaint(
      process,
      process.flavour === "gnu" ? "usage: grep [OPTION]... PATTERNS [FILE]..." : "missing pattern",
      2,
    );
  }
  try {
    return await search(process, options, {
      matcher: matcherOf(process, options, patterns),
      operands,
    });
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return complaint(
      process,
      process.flavour === "gnu" ? error.message : `bad regex '${patterns[0]}': ${error.message}`,
      2,
    );
  }
}

function patternsOf(process: Process, options: Parsed, operands: string[]): string[] | undefined {
  const given = options.values("e");
  for (const path of options.values("f"))
    given.push(...process.files.readText(path).trimEnd().split("\n"));
  if (given.length > 0) return given.flatMap((pattern) => pattern.split("\n"));
  return operands.shift()?.split("\n");
}

function matcherOf(process: Process, options: Parsed, patterns: readonly string[]): RegExp {
  const isFixed = options.has("F", "fixed-strings") || process.name === "fgrep";
  const isExtended = options.has("E", "P", "extended-regexp") || process.name === "egrep";
  const sourceOf = (pattern: string) =>
    isFixed
      ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
      : regularExpression(pattern, isExtended ? "extended" : "basic");
  let source = patterns.map((pattern) => `(?:${sourceOf(pattern)})`).join("|");
  if (options.has("w")) source = `(?<!\\w)(?:${source})(?!\\w)`;
  if (options.has("x")) source = `^(?:${source})$`;
  return new RegExp(source, options.has("i", "ignore-case") ? "gi" : "g");
}

async function search(
  process: Process,
  options: Parsed,
  { matcher, operands }: { matcher: RegExp; operands: string[] },
): Promise<number> {
  const isRecursive = options.has("r", "R", "recursive");
  const names = isRecursive
    ? filesBelow(process, operands.length > 0 ? operands : ["."], options)
    : operands;
  const isNamed = !options.has("h") && (options.has("H") || names.length > 1 || isRecursive);
  const outcome: Outcome = { code: 0 };
  let isFound = false;
  for await (const { name, file } of sources(process, names, outcome)) {
    const label = name === "-" ? "(standard input)" : name;
    const report = new Report(process, options, isNamed ? label : undefined);
    for await (const batch of lineBatches(process, file)) {
      const output = report.look(batch, matcher);
      if (output.length > 0 && !options.has("q", "quiet", "c", "count", "l", "L"))
        await process.print(asLines(output));
      if (report.isDone) break;
    }
    isFound ||= report.count > 0;
    if (isFound && options.has("q", "quiet")) return 0;
    await report.finish(label);
  }
  return outcome.code !== 0 ? (isFound && process.flavour === "busybox" ? 0 : 2) : isFound ? 0 : 1;
}

function filesBelow(process: Process, roots: readonly string[], options: Parsed): string[] {
  const include = options.value("include");
  const matches = include
    ? new RegExp(`^${include.replace(/[.]/g, "\\.").replace(/\*/g, ".*")}$`)
    : undefined;
  return roots.flatMap((root) => {
    try {
      return [...walkTree(process, root)]
        .filter(({ entry, name }) => entry.kind === "file" && (!matches || matches.test(name)))
        .map(({ path }) => path);
    } catch (error) {
      if (error instanceof ErrnoError) return [root];
      throw error;
    }
  });
}

/** One file's matches, with the context around them. */
class Report {
  readonly #process: Process;
  readonly #options: Parsed;
  readonly #label: string | undefined;
  readonly #most: number;
  readonly #before: number;
  readonly #after: number;
  count = 0;
  #line = 0;
  #kept: { number: number; line: string }[] = [];
  #owed = 0;
  #lastShown = 0;

  constructor(process: Process, options: Parsed, label: string | undefined) {
    this.#process = process;
    this.#options = options;
    this.#label = label;
    this.#most = Number(options.value("m", "max-count") ?? Infinity);
    this.#before = Number(options.value("B", "C") ?? 0);
    this.#after = Number(options.value("A", "C") ?? 0);
  }

  get isDone(): boolean {
    return this.count >= this.#most || (this.count > 0 && this.#options.has("q", "quiet", "l"));
  }

  look(batch: readonly string[], matcher: RegExp): string[] {
    const output: string[] = [];
    for (const line of batch) {
      this.#line++;
      matcher.lastIndex = 0;
      const isHit = matcher.test(line) !== this.#options.has("v", "invert-match");
      if (isHit && this.count < this.#most) this.#hit(line, matcher, output);
      else if (this.#owed > 0) this.#context(line, output);
      else this.#keep(line);
      if (this.count >= this.#most && this.#owed === 0) break;
    }
    return output;
  }

  #hit(line: string, matcher: RegExp, output: string[]): void {
    this.count++;
    const { number } = this.#kept[0] ?? { number: this.#line };
    const isGap = this.#lastShown > 0 && number > this.#lastShown + 1;
    if (isGap && this.#before + this.#after > 0) output.push("--");
    for (const { number: at, line: before } of this.#kept.splice(0))
      output.push(this.#prefix(at, "-") + before);
    if (this.#options.has("o", "only-matching")) {
      matcher.lastIndex = 0;
      for (const [match] of line.matchAll(matcher))
        if (match) output.push(this.#prefix(this.#line, ":") + match);
    } else {
      output.push(this.#prefix(this.#line, ":") + line);
    }
    this.#owed = this.#after;
    this.#lastShown = this.#line;
  }

  #context(line: string, output: string[]): void {
    this.#owed--;
    this.#lastShown = this.#line;
    output.push(this.#prefix(this.#line, "-") + line);
  }

  #keep(line: string): void {
    if (this.#before === 0) return;
    this.#kept.push({ number: this.#line, line });
    if (this.#kept.length > this.#before) this.#kept.shift();
  }

  #prefix(number: number, mark: string): string {
    const name = this.#label === undefined ? "" : this.#label + mark;
    return name + (this.#options.has("n", "line-number") ? `${number}${mark}` : "");
  }

  async finish(label: string): Promise<void> {
    const options = this.#options;
    if (options.has("l") ? this.count > 0 : options.has("L") && this.count === 0) {
      await this.#process.print(`${label}\n`);
    } else if (options.has("c", "count")) {
      await this.#process.print(
        `${this.#label === undefined ? "" : `${this.#label}:`}${this.count}\n`,
      );
    }
  }
}

export const grep: Applets = { grep: run, egrep: run, fgrep: run };
