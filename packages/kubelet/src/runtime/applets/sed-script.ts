// sed's language as data.

import { regularExpression } from "./regular-expression.ts";

export class SedError extends Error {}

export type Address =
  | { kind: "line"; number: number }
  | { kind: "last" }
  | { kind: "pattern"; pattern: RegExp | undefined }
  | { kind: "step"; first: number; step: number }
  | { kind: "offset"; count: number };

export interface SedCommand {
  name: string;
  from: Address | undefined;
  to: Address | undefined;
  isNegated: boolean;
  /** `a`, `i`, `c`: text; `b`, `t`, `T`, `:`: label; `r`, `w`: file; `y`: both sets. */
  text: string;
  /** Only for `s`. */
  pattern?: RegExp | undefined;
  replacement?: string;
  flags?: { isGlobal: boolean; doesPrint: boolean; nth: number; file: string };
  /** Only for `{`: the index behind its `}`. */
  end?: number;
}

/** @throws SedError, RegexError */
export function parseSed(source: string, isExtended: boolean): SedCommand[] {
  return new SedParser(source, isExtended).run();
}

class SedParser {
  readonly #source: string;
  readonly #isExtended: boolean;
  #at = 0;

  constructor(source: string, isExtended: boolean) {
    this.#source = source;
    this.#isExtended = isExtended;
  }

  run(): SedCommand[] {
    const commands: SedCommand[] = [];
    const open: SedCommand[] = [];
    for (;;) {
      this.#skip(/[\s;]*/y);
      if (this.#at >= this.#source.length) break;
      if (this.#source[this.#at] === "#") {
        this.#skip(/[^\n]*/y);
        continue;
      }
      const command = this.#command();
      if (command.name === "}") {
        const group = open.pop();
        if (!group) throw new SedError("unexpected `}'");
        group.end = commands.length;
        continue;
      }
      commands.push(command);
      if (command.name === "{") open.push(command);
    }
    if (open.length > 0) throw new SedError("unmatched `{'");
    return commands;
  }

  #command(): SedCommand {
    const from = this.#address();
    let to: Address | undefined;
    if (from && this.#take(/\s*,\s*/y)) to = this.#address();
    const isNegated = this.#take(/\s*!\s*/y) !== undefined;
    this.#skip(/\s*/y);
    const name = this.#source[this.#at++];
    if (name === undefined) throw new SedError("missing command");
    const command: SedCommand = { name, from, to, isNegated, text: "" };
    if (name === "s") this.#substitution(command);
    else if (name === "y") command.text = this.#transliteration();
    else if ("aic".includes(name)) command.text = this.#insertedText();
    else if (":btT".includes(name)) command.text = this.#take(/\s*[^\s;}]*/y)!.trim();
    else if ("rwRW".includes(name)) command.text = this.#take(/[^\n]*/y)!.trim();
    else if ("qQlL".includes(name)) command.text = this.#take(/\s*\d*/y)!.trim();
    else if (!"{}dDgGhHnNpPx=zF".includes(name)) throw new SedError(`unknown command: \`${name}'`);
    return command;
  }

  #address(): Address | undefined {
    const step = this.#take(/(\d+)~(\d+)/y);
    if (step) {
      const [first = 0, by = 0] = step.split("~").map(Number);
      return { kind: "step", first, step: by };
    }
    const number = this.#take(/\d+/y);
    if (number) return { kind: "line", number: Number(number) };
    const offset = this.#take(/\+\d+/y);
    if (offset) return { kind: "offset", count: Number(offset.slice(1)) };
    if (this.#take(/\$/y)) return { kind: "last" };
    const char = this.#source[this.#at];
    if (char !== "/" && char !== "\\") return undefined;
    this.#at += char === "/" ? 1 : 2;
    const delimiter = this.#source[this.#at - 1]!;
    const text = this.#until(delimiter, true);
    const flags = this.#take(/[IM]*/y) ?? "";
    return { kind: "pattern", pattern: this.#pattern(text, flags) };
  }

  /** An empty pattern is the last one that was used. */
  #pattern(text: string, flags: string): RegExp | undefined {
    if (text === "") return undefined;
    const source = regularExpression(text, this.#isExtended ? "extended" : "basic");
    return new RegExp(source, `g${/i/i.test(flags) ? "i" : ""}${flags.includes("M") ? "m" : ""}`);
  }

  #substitution(command: SedCommand): void {
    const delimiter = this.#source[this.#at++] ?? "";
    const pattern = this.#until(delimiter, true);
    command.replacement = this.#until(delimiter, false);
    const flags = this.#take(/[gpiIMme0-9]*/y) ?? "";
    const file =
      this.#take(/w\s*[^\n]*/y)
        ?.slice(1)
        .trim() ?? "";
    command.pattern = this.#pattern(pattern, flags);
    const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
    command.flags = { isGlobal: flags.includes("g"), doesPrint: flags.includes("p"), nth, file };
  }

  #transliteration(): string {
    const delimiter = this.#source[this.#at++] ?? "";
    return `${this.#until(delimiter, false)}\0${this.#until(delimiter, false)}`;
  }

  /** Up to the delimiter; a backslash keeps it, a bracket hides it in patterns. */
  #until(delimiter: string, isPattern: boolean): string {
    let text = "";
    for (let isBracket = false; ;) {
      const char = this.#source[this.#at++];
      if (char === undefined) throw new SedError("unterminated `s' command");
      if (char === delimiter && !isBracket) return text;
      if (char === "\\") {
        const escaped = this.#source[this.#at++] ?? "";
        text +=
          escaped === delimiter ? delimiter : isPattern && escaped === "n" ? "\n" : `\\${escaped}`;
        continue;
      }
      if (isPattern && char === "[" && !isBracket)
        isBracket = this.#source.indexOf("]", this.#at + 1) > 0;
      else if (char === "]" && !/\[\^?$/.test(text)) isBracket = false;
      text += char;
    }
  }

  #insertedText(): string {
    this.#skip(/[ \t]*(?:\\\n)?[ \t]*\\?/y);
    let text = "";
    while (this.#at < this.#source.length && this.#source[this.#at] !== "\n") {
      if (this.#source[this.#at] === "\\" && this.#at + 1 < this.#source.length) this.#at++;
      text += this.#source[this.#at++];
    }
    return text;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found || (found === "" ? "" : undefined);
  }

  #skip(pattern: RegExp): void {
    this.#take(pattern);
  }
}
