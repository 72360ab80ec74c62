// From characters to tokens and words; nested commands in words are parsed by the parser itself.

import { ShellSyntaxError, type Part, type Script, type Word } from "./syntax.ts";
import { parseParameter } from "./parameter-syntax.ts";

export interface Token {
  readonly kind: "word" | "operator" | "newline" | "end";
  /** The operator, or the word's source. */
  readonly text: string;
  readonly word: Word;
  readonly from: number;
  readonly line: number;
  /** A digit word directly before `<` or `>`. */
  readonly isDescriptor: boolean;
}

const OPERATORS = [
  "<<<", "<<-", ";;&", "&>>",
  "&&", "||", ";;", ";&", "<<", ">>", "<&", ">&", "<>", ">|", "&>",
  "&", "|", ";", "<", ">", "(", ")",
]; // prettier-ignore

const BASH_ONLY = new Set(["<<<", ";;&", ";&", "&>>", "&>"]);
const NO_WORD: Word = { parts: [] };
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPECIAL = "@*#?-$!0123456789";

interface HereDocument {
  readonly delimiter: string;
  readonly isQuoted: boolean;
  readonly isIndented: boolean;
  fill(text: Word): void;
}

export class Lexer {
  readonly source: string;
  readonly isBash: boolean;
  at = 0;
  line = 1;
  readonly #parseNested: (lexer: Lexer, end: string) => Script;
  readonly #pending: HereDocument[] = [];
  #peeked: Token | undefined;

  /** @param parseNested parses commands from the lexer's position up to the operator `end` */
  constructor(source: string, isBash: boolean, parseNested: (lexer: Lexer, end: string) => Script) {
    this.source = source;
    this.isBash = isBash;
    this.#parseNested = parseNested;
  }

  peek(): Token {
    return (this.#peeked ??= this.#read());
  }

  next(): Token {
    const token = this.peek();
    this.#peeked = undefined;
    return token;
  }

  /** Where the next token begins. */
  get position(): number {
    return this.peek().from;
  }

  fail(message: string, isUnfinished = false): never {
    throw new ShellSyntaxError(message, this.line, isUnfinished);
  }

  /** Its text comes after the current line. */
  expectHereDocument(document: HereDocument): void {
    this.#pending.push(document);
  }

  #read(): Token {
    this.#skipBlank();
    const from = this.at;
    const { line } = this;
    const char = this.source[from];
    if (char === undefined) return this.#endToken(from);
    if (char === "\n") {
      this.at++;
      this.line++;
      this.#readHereDocuments();
      return { kind: "newline", text: "newline", word: NO_WORD, from, line, isDescriptor: false };
    }
    const operator = this.#operatorAt(from);
    if (operator) {
      this.at += operator.length;
      return { kind: "operator", text: operator, word: NO_WORD, from, line, isDescriptor: false };
    }
    const word = this.readWord();
    const text = this.source.slice(from, this.at);
    const following = this.source[this.at];
    const isDescriptor = /^\d+$/.test(text) && (following === "<" || following === ">");
    return { kind: "word", text, word, from, line, isDescriptor };
  }

  #endToken(from: number): Token {
    if (this.#pending.length > 0) this.#readHereDocuments();
    const { line } = this;
    return { kind: "end", text: "end of file", word: NO_WORD, from, line, isDescriptor: false };
  }

  #operatorAt(at: number): string | undefined {
    return OPERATORS.find(
      (operator) =>
        this.source.startsWith(operator, at) && (this.isBash || !BASH_ONLY.has(operator)),
    );
  }

  #skipBlank(): void {
    for (;;) {
      const char = this.source[this.at];
      if (char === " " || char === "\t") this.at++;
      else if (char === "\\" && this.source[this.at + 1] === "\n") this.#skipJoin();
      else if (char === "#") this.#skipComment();
      else return;
    }
  }

  #skipJoin(): void {
    this.at += 2;
    this.line++;
  }

  #skipComment(): void {
    while (this.at < this.source.length && this.source[this.at] !== "\n") this.at++;
  }

  // Words

  /** Up to a blank or operator; or, inside `${…}`, up to one of `stops`. */
  readWord(stops?: string, isQuoted = false): Word {
    const parts: Part[] = [];
    while (this.at < this.source.length && !this.#isWordEnd(stops)) {
      this.#readPart(parts, isQuoted, stops);
    }
    return { parts };
  }

  #isWordEnd(stops: string | undefined): boolean {
    const char = this.source[this.at]!;
    if (stops !== undefined) return stops.includes(char);
    return " \t\n;&|<>()".includes(char);
  }

  #readPart(parts: Part[], isQuoted: boolean, stops?: string): void {
    const char = this.source[this.at]!;
    if (char === "'" && !isQuoted) return this.#readSingleQuoted(parts);
    if (char === '"') return this.#readDoubleQuoted(parts);
    if (char === "\\") return this.#readEscape(parts, isQuoted, stops);
    if (char === "$") return this.#readDollar(parts, isQuoted);
    if (char === "`") return this.#readBackticks(parts, isQuoted);
    if (char === "\n") this.line++;
    this.at++;
    addText(parts, char, isQuoted);
  }

  #readSingleQuoted(parts: Part[]): void {
    const end = this.source.indexOf("'", this.at + 1);
    if (end < 0) this.fail("unterminated quoted string", true);
    const text = this.source.slice(this.at + 1, end);
    this.line += text.split("\n").length - 1;
    this.at = end + 1;
    parts.push({ kind: "text", text, isQuoted: true });
  }

  #readDoubleQuoted(parts: Part[]): void {
    this.at++;
    parts.push({ kind: "text", text: "", isQuoted: true });
    for (;;) {
      const char = this.source[this.at];
      if (char === undefined) this.fail("unterminated quoted string", true);
      if (char === '"') break;
      this.#readPart(parts, true);
    }
    this.at++;
  }

  #readEscape(parts: Part[], isQuoted: boolean, stops?: string): void {
    const escaped = this.source[this.at + 1];
    this.at += 2;
    if (escaped === "\n") {
      this.line++;
      return;
    }
    if (escaped === undefined) return addText(parts, "\\", true);
    const isSpecial = '$`"\\'.includes(escaped) || (stops ?? "").includes(escaped);
    if (isQuoted && !isSpecial) return addText(parts, `\\${escaped}`, true);
    addText(parts, escaped, true);
  }

  #readDollar(parts: Part[], isQuoted: boolean): void {
    const { source, at } = this;
    const following = source[at + 1] ?? "";
    if (source.startsWith("$((", at) && this.#readArithmetic(parts, isQuoted)) return;
    if (following === "(") {
      this.at = at + 2;
      const script = this.nested(")");
      parts.push({ kind: "command", isQuoted, script });
    } else if (following === "{") {
      this.at = at + 2;
      parts.push({ kind: "parameter", isQuoted, of: parseParameter(this, isQuoted) });
    } else if (following === "'" && !isQuoted && this.isBash) {
      this.#readAnsiQuoted(parts);
    } else {
      this.#readPlainParameter(parts, isQuoted);
    }
  }

  #readPlainParameter(parts: Part[], isQuoted: boolean): void {
    NAME.lastIndex = this.at + 1;
    const name = NAME.exec(this.source)?.[0] ?? this.source[this.at + 1] ?? "";
    const isParameter =
      name !== "" && (name.length > 1 || /[A-Za-z_]/.test(name) || SPECIAL.includes(name));
    this.at += 1 + (isParameter ? name.length : 0);
    if (!isParameter) return addText(parts, "$", isQuoted);
    const of = {
      name,
      index: undefined,
      isLength: false,
      isIndirect: false,
      operator: "",
      words: [],
    };
    parts.push({ kind: "parameter", isQuoted, of });
  }

  /** @returns false when it is a command substitution that begins with a subshell */
  #readArithmetic(parts: Part[], isQuoted: boolean): boolean {
    const before = { at: this.at, line: this.line };
    this.at += 3;
    const expression = this.readArithmeticWord("))");
    if (!expression) {
      this.at = before.at;
      this.line = before.line;
      return false;
    }
    parts.push({ kind: "arithmetic", isQuoted, expression });
    return true;
  }

  /** Text with expansions up to `end` at depth 0, as in double quotes; undefined when it never ends so. */
  readArithmeticWord(end: "))" | ";"): Word | undefined {
    const parts: Part[] = [];
    for (let depth = 0; this.at < this.source.length;) {
      const char = this.source[this.at]!;
      if (depth === 0 && this.source.startsWith(end, this.at)) {
        this.at += end.length;
        return { parts };
      }
      if (char === ")" && depth === 0) return undefined;
      if (char === "(") depth++;
      if (char === ")") depth--;
      if (char === '"') this.at++;
      else this.#readPart(parts, true);
    }
    return undefined;
  }

  #readAnsiQuoted(parts: Part[]): void {
    const match = /\$'((?:\\[\s\S]|[^'\\])*)'/y;
    match.lastIndex = this.at;
    const found = match.exec(this.source);
    if (!found) this.fail("unterminated quoted string", true);
    this.at += found[0].length;
    parts.push({ kind: "text", text: unescapeAnsi(found[1]!), isQuoted: true });
  }

  #readBackticks(parts: Part[], isQuoted: boolean): void {
    let inner = "";
    this.at++;
    for (;;) {
      const char = this.source[this.at++];
      if (char === undefined) this.fail("unterminated quoted string", true);
      if (char === "`") break;
      const following = this.source[this.at];
      const isEscape = char === "\\" && following !== undefined;
      if (isEscape && ("`$\\".includes(following) || (isQuoted && following === '"'))) {
        inner += following;
        this.at++;
      } else {
        inner += char;
      }
    }
    const script = this.#parseNested(new Lexer(inner, this.isBash, this.#parseNested), "");
    parts.push({ kind: "command", isQuoted, script });
  }

  /** Commands up to `end`, from where the lexer stands. */
  nested(end: string): Script {
    const outer = this.#peeked;
    this.#peeked = undefined;
    const script = this.#parseNested(this, end);
    this.#peeked = outer;
    return script;
  }

  // Here-documents

  #readHereDocuments(): void {
    for (const document of this.#pending.splice(0)) {
      const text = this.#readHereText(document);
      if (document.isQuoted) {
        document.fill({ parts: [{ kind: "text", text, isQuoted: true }] });
      } else {
        document.fill(new Lexer(text, this.isBash, this.#parseNested).readHereWord());
      }
    }
  }

  #readHereText({ delimiter, isIndented }: HereDocument): string {
    let text = "";
    while (this.at < this.source.length) {
      const newline = this.source.indexOf("\n", this.at);
      const end = newline < 0 ? this.source.length : newline;
      const raw = this.source.slice(this.at, end);
      const line = isIndented ? raw.replace(/^\t+/, "") : raw;
      this.at = Math.min(this.source.length, end + 1);
      this.line++;
      if (line === delimiter) return text;
      text += `${line}\n`;
    }
    return text;
  }

  /** A here-document's text: expansions, but quotes mean nothing. */
  readHereWord(): Word {
    const parts: Part[] = [];
    while (this.at < this.source.length) {
      if (this.source[this.at] === '"') {
        this.at++;
        addText(parts, '"', true);
      } else {
        this.#readPart(parts, true);
      }
    }
    return { parts };
  }
}

function addText(parts: Part[], text: string, isQuoted: boolean): void {
  const last = parts[parts.length - 1];
  if (last?.kind === "text" && last.isQuoted === isQuoted) {
    parts[parts.length - 1] = { kind: "text", text: last.text + text, isQuoted };
  } else {
    parts.push({ kind: "text", text, isQuoted });
  }
}

const ANSI: { readonly [letter: string]: string } = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** `\n`, `\x41`, `\101`, `\u00e9` as `$'…'` and `echo -e` have them. */
export function unescapeAnsi(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|0?([0-7]{1,3})|([\s\S]))/g,
    (_whole, hex?: string, unicode?: string, octal?: string, letter?: string) => {
      if (hex ?? unicode) return String.fromCodePoint(parseInt(hex ?? unicode!, 16));
      if (octal) return String.fromCharCode(parseInt(octal, 8));
      return Object.hasOwn(ANSI, letter!)
        ? ANSI[letter!]!
        : letter === "\\" || letter === "'" || letter === '"'
          ? letter
          : `\\${letter}`;
    },
  );
}
