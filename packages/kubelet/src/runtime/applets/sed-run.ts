// One run of a sed script over lines.

import type { Process } from "../process/process.ts";
import type { Address, SedCommand } from "./sed-script.ts";
import { SedError } from "./sed-script.ts";

const MOST_STEPS = 5_000_000;

export class SedRun {
  readonly #process: Process;
  readonly #commands: readonly SedCommand[];
  readonly #isQuiet: boolean;
  readonly #files = new Map<string, string[]>();
  /** Lines at which a range began, by command; present while it is open. */
  readonly #open = new Map<SedCommand, number>();
  #lines: readonly string[] = [];
  #output: string[] = [];
  #appended: string[] = [];
  #at = 0;
  #pattern = "";
  #hold = "";
  #lastPattern: RegExp | undefined;
  #steps = 0;
  exitCode = 0;

  constructor(process: Process, commands: readonly SedCommand[], isQuiet: boolean) {
    this.#process = process;
    this.#commands = commands;
    this.#isQuiet = isQuiet;
  }

  edit(lines: readonly string[]): string[] {
    this.#lines = lines;
    let keeps = false;
    while (keeps || this.#at < lines.length) {
      if (!keeps) this.#pattern = lines[this.#at++]!;
      const end = this.#cycle();
      keeps = end === "restart";
      if (!this.#isQuiet && end !== "delete" && end !== "restart" && end !== "quit silently")
        this.#output.push(this.#pattern);
      this.#output.push(...this.#appended.splice(0));
      if (end === "quit" || end === "quit silently") break;
    }
    return this.#output;
  }

  async writeFiles(): Promise<void> {
    for (const [path, lines] of this.#files) {
      const text = lines.map((line) => `${line}\n`).join("");
      if (path === "/dev/stdout") await this.#process.print(text);
      else this.#process.files.write(path, text);
    }
  }

  #cycle(): "end" | "delete" | "restart" | "quit" | "quit silently" {
    let isReplaced = false;
    for (let index = 0; index < this.#commands.length; index++) {
      if (++this.#steps > MOST_STEPS) throw new SedError("script runs without end");
      const command = this.#commands[index]!;
      if (command.name === ":") continue;
      if (this.#selects(command) === command.isNegated) {
        if (command.name === "{") index = command.end! - 1;
        continue;
      }
      switch (command.name) {
        case "s":
          isReplaced = this.#substitute(command) || isReplaced;
          break;
        case "d":
          return "delete";
        case "D":
          if (!this.#pattern.includes("\n")) return "delete";
          this.#pattern = this.#pattern.slice(this.#pattern.indexOf("\n") + 1);
          return "restart";
        case "q":
        case "Q":
          this.exitCode = Number(command.text || 0);
          return command.name === "q" ? "quit" : "quit silently";
        case "n":
          if (this.#at >= this.#lines.length) return this.#isQuiet ? "delete" : "quit";
          if (!this.#isQuiet) this.#output.push(this.#pattern);
          this.#pattern = this.#lines[this.#at++]!;
          break;
        case "N":
          if (this.#at >= this.#lines.length) return "quit";
          this.#pattern += `\n${this.#lines[this.#at++]!}`;
          break;
        case "c":
          if (!command.to || !this.#open.has(command)) this.#output.push(command.text);
          return "delete";
        case "b":
          index = this.#label(command.text);
          break;
        case "t":
        case "T":
          if (isReplaced === (command.name === "t")) index = this.#label(command.text);
          isReplaced = false;
          break;
        default:
          this.#simple(command);
      }
    }
    return "end";
  }

  #simple({ name, text }: SedCommand): void {
    switch (name) {
      case "p":
        return void this.#output.push(this.#pattern);
      case "P":
        return void this.#output.push(this.#pattern.split("\n")[0]!);
      case "=":
        return void this.#output.push(String(this.#at));
      case "a":
        return void this.#appended.push(text);
      case "i":
        return void this.#output.push(text);
      case "g":
        this.#pattern = this.#hold;
        return;
      case "G":
        this.#pattern += `\n${this.#hold}`;
        return;
      case "h":
        this.#hold = this.#pattern;
        return;
      case "H":
        this.#hold += `\n${this.#pattern}`;
        return;
      case "x":
        [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
        return;
      case "z":
        this.#pattern = "";
        return;
      case "y":
        this.#transliterate(text);
        return;
      case "r":
        this.#appended.push(...this.#fileLines(text));
        return;
      case "w":
        this.#file(text).push(this.#pattern);
        return;
      case "l":
        this.#output.push(`${JSON.stringify(this.#pattern).slice(1, -1).replaceAll('\\"', '"')}$`);
    }
  }

  #selects(command: SedCommand): boolean {
    const { from, to } = command;
    if (!from) return true;
    if (!to) return this.#matches(from);
    const begun = this.#open.get(command);
    if (begun === undefined) {
      if (!this.#matches(from)) return false;
      const isOneLine = to.kind === "line" && to.number <= this.#at;
      if (!isOneLine && !(to.kind === "offset" && to.count === 0))
        this.#open.set(command, this.#at);
      return true;
    }
    const isEnd =
      to.kind === "offset"
        ? this.#at >= begun + to.count
        : to.kind === "line"
          ? this.#at >= to.number
          : this.#matches(to);
    if (isEnd) this.#open.delete(command);
    return !(to.kind === "line" && this.#at > to.number);
  }

  #matches(address: Address): boolean {
    switch (address.kind) {
      case "line":
        return this.#at === address.number;
      case "last":
        return this.#at === this.#lines.length;
      case "step":
        return address.step === 0
          ? this.#at === address.first
          : this.#at >= address.first && (this.#at - address.first) % address.step === 0;
      case "pattern":
        return this.#test(address.pattern);
      case "offset":
        return false;
    }
  }

  #test(given: RegExp | undefined): boolean {
    const pattern = given ?? this.#lastPattern;
    if (!pattern) throw new SedError("no previous regular expression");
    this.#lastPattern = pattern;
    pattern.lastIndex = 0;
    return pattern.test(this.#pattern);
  }

  #substitute({ pattern: given, replacement = "", flags }: SedCommand): boolean {
    const pattern = given ?? this.#lastPattern;
    if (!pattern || !flags) throw new SedError("no previous regular expression");
    this.#lastPattern = pattern;
    pattern.lastIndex = 0;
    let count = 0;
    let isDone = false;
    this.#pattern = this.#pattern.replace(pattern, (...match: unknown[]) => {
      count++;
      const isMeant = flags.isGlobal ? count >= flags.nth : count === flags.nth;
      if (!isMeant) return String(match[0]);
      isDone = true;
      return replaced(replacement, match);
    });
    if (isDone && flags.doesPrint) this.#output.push(this.#pattern);
    if (isDone && flags.file) this.#file(flags.file).push(this.#pattern);
    return isDone;
  }

  #transliterate(sets: string): void {
    const plain = sets.replace(/\\([\s\S])/g, (_whole, char: string) =>
      char === "n" ? "\n" : char,
    );
    const [from = "", to = ""] = plain.split("\0");
    this.#pattern = [...this.#pattern]
      .map((char) => (from.includes(char) ? to[from.indexOf(char)] : char))
      .join("");
  }

  #label(name: string): number {
    if (name === "") return this.#commands.length;
    const index = this.#commands.findIndex(
      (command) => command.name === ":" && command.text === name,
    );
    if (index < 0) throw new SedError(`can't find label for jump to \`${name}'`);
    return index;
  }

  #file(path: string): string[] {
    let lines = this.#files.get(path);
    if (!lines) this.#files.set(path, (lines = []));
    return lines;
  }

  #fileLines(path: string): string[] {
    const entry = this.#process.files.find(path);
    if (entry?.kind !== "file") return [];
    return Buffer.from(entry.read()).toString().replace(/\n$/, "").split("\n");
  }
}

/** `&` and `\1` in a replacement; `\U`, `\L`, `\u`, `\l`, `\E` change the case. */
function replaced(replacement: string, match: readonly unknown[]): string {
  let result = "";
  let shape = (text: string) => text;
  const add = (text: string) => {
    result += shape(text);
  };
  for (let at = 0; at < replacement.length; at++) {
    const char = replacement[at]!;
    if (char === "&") add(String(match[0]));
    else if (char !== "\\") add(char);
    else {
      const escaped = replacement[++at] ?? "";
      if (/\d/.test(escaped)) add(String(match[Number(escaped)] ?? ""));
      else if (escaped === "U") shape = (text) => text.toUpperCase();
      else if (escaped === "L") shape = (text) => text.toLowerCase();
      else if (escaped === "E") shape = (text) => text;
      else add(escaped === "n" ? "\n" : escaped === "t" ? "\t" : escaped);
    }
  }
  return result;
}
