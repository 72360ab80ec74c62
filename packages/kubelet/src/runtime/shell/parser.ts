// From tokens to commands: the grammar of POSIX sh with bash's everyday extensions.

import { Lexer, type Token } from "./lexer.ts";
import { parseCondition } from "./condition-syntax.ts";
import { isRedirection, parseRedirection, parseRedirections } from "./redirection-syntax.ts";
import type {
  AndOr,
  Assignment,
  Case,
  Command,
  Compound,
  Item,
  Pipeline,
  Redirection,
  Script,
  SimpleCommand,
  Word,
} from "./syntax.ts";

/** Words that end a list of commands where a command could begin. */
const CLOSING = new Set(["then", "else", "elif", "fi", "do", "done", "esac", "}"]);
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)(?:\[([^\]]*)\])?(\+?)=/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** @throws ShellSyntaxError */
export function parseScript(source: string, isBash: boolean): Script {
  const lexer = new Lexer(source, isBash, parseNested);
  return parseNested(lexer, "");
}

function parseNested(lexer: Lexer, end: string): Script {
  const parser = new Parser(lexer);
  const script = parser.list();
  const token = lexer.next();
  const isEnd = end === "" ? token.kind === "end" : token.text === end;
  if (!isEnd) unexpected(lexer, token, end);
  return script;
}

function unexpected(lexer: Lexer, { text, kind }: Token, wanted = ""): never {
  const expecting = wanted ? ` (expecting "${wanted}")` : "";
  const what = kind === "end" ? "end of file" : kind === "newline" ? "newline" : `"${text}"`;
  lexer.fail(`unexpected ${what}${expecting}`, kind === "end");
}

export class Parser {
  readonly lexer: Lexer;

  constructor(lexer: Lexer) {
    this.lexer = lexer;
  }

  /** Commands up to something that cannot begin one. */
  list(): Script {
    const items: Item[] = [];
    this.skipNewlines();
    while (this.#beginsCommand()) {
      const from = this.lexer.position;
      const list = this.#andOr();
      const source = this.lexer.source.slice(from, this.lexer.position).trim();
      const separator = this.lexer.peek();
      const isBackground = separator.kind === "operator" && separator.text === "&";
      items.push({ list, isBackground, source });
      if (!isBackground && separator.text !== ";" && separator.kind !== "newline") break;
      this.lexer.next();
      this.skipNewlines();
    }
    return { items };
  }

  skipNewlines(): void {
    while (this.lexer.peek().kind === "newline") this.lexer.next();
  }

  #beginsCommand(): boolean {
    const token = this.lexer.peek();
    if (token.kind === "word") return !CLOSING.has(token.text);
    return (token.kind === "operator" && token.text === "(") || isRedirection(token);
  }

  #andOr(): AndOr {
    const first = this.#pipeline();
    const rest: { operator: "&&" | "||"; pipeline: Pipeline }[] = [];
    for (;;) {
      const { text, kind } = this.lexer.peek();
      if (kind !== "operator" || (text !== "&&" && text !== "||")) return { first, rest };
      this.lexer.next();
      this.skipNewlines();
      rest.push({ operator: text, pipeline: this.#pipeline() });
    }
  }

  #pipeline(): Pipeline {
    let isNegated = false;
    while (this.#takeWord("!")) isNegated = !isNegated;
    const commands = [this.command()];
    while (this.#takeOperator("|")) {
      this.skipNewlines();
      commands.push(this.command());
    }
    return { isNegated, commands };
  }

  command(): Command {
    const token = this.lexer.peek();
    const compound = this.#compound(token);
    if (compound) {
      const redirections = parseRedirections(this);
      return { ...compound, redirections, line: token.line };
    }
    if (token.kind === "word" && token.text === "function" && this.lexer.isBash) {
      return this.#functionKeyword();
    }
    return this.#simple();
  }

  #compound(token: Token): Compound | undefined {
    if (token.kind === "operator" && token.text === "(") return this.#parenthesis();
    if (token.kind !== "word") return undefined;
    switch (token.text) {
      case "{":
        this.lexer.next();
        return this.#closed({ kind: "group", body: this.list() }, "}");
      case "if":
        return this.#if();
      case "while":
      case "until":
        return this.#loop(token.text === "until");
      case "for":
        return this.#for();
      case "case":
        return this.#case();
      case "[[":
        return this.lexer.isBash ? this.#condition() : undefined;
      default:
        return undefined;
    }
  }

  #closed<C extends Compound>(compound: C, end: string): C {
    this.expectWord(end);
    return compound;
  }

  #parenthesis(): Compound {
    const { lexer } = this;
    const { from } = lexer.next();
    if (lexer.isBash && lexer.source.startsWith("((", from)) {
      const before = { at: lexer.at, line: lexer.line };
      lexer.at = from + 2;
      const expression = lexer.readArithmeticWord("))");
      if (expression) return { kind: "arithmetic", expression };
      lexer.at = before.at;
      lexer.line = before.line;
    }
    const body = this.list();
    this.expectOperator(")");
    return { kind: "subshell", body };
  }

  #if(): Compound {
    const branches: { condition: Script; body: Script }[] = [];
    let otherwise: Script | undefined;
    do {
      this.lexer.next();
      const condition = this.#some("then");
      branches.push({ condition, body: this.#body("then") });
    } while (this.lexer.peek().text === "elif");
    if (this.#takeWord("else")) otherwise = this.list();
    return this.#closed({ kind: "if", branches, otherwise }, "fi");
  }

  /** At least one command, then `end` must follow. */
  #some(end: string): Script {
    const script = this.list();
    if (script.items.length === 0) unexpected(this.lexer, this.lexer.peek(), end);
    return script;
  }

  #body(begin: string): Script {
    this.expectWord(begin);
    return this.list();
  }

  #loop(isUntil: boolean): Compound {
    this.lexer.next();
    const condition = this.#some("do");
    const body = this.#body("do");
    return this.#closed({ kind: "loop", isUntil, condition, body }, "done");
  }

  #for(): Compound {
    const { lexer } = this;
    lexer.next();
    const variable = lexer.next();
    if (lexer.isBash && variable.text === "(" && lexer.source[variable.from + 1] === "(") {
      return this.#countingFor(variable.from + 2);
    }
    if (!NAME.test(variable.text)) lexer.fail("bad for loop variable");
    this.skipNewlines();
    const words = this.#takeWord("in") ? this.#wordsToEnd() : undefined;
    this.#takeOperator(";");
    this.skipNewlines();
    const body = this.#doGroup();
    return { kind: "for", name: variable.text, words, body };
  }

  #countingFor(from: number): Compound {
    const { lexer } = this;
    lexer.at = from;
    const parts = [
      lexer.readArithmeticWord(";"),
      lexer.readArithmeticWord(";"),
      lexer.readArithmeticWord("))"),
    ];
    if (parts.some((part) => !part)) lexer.fail("bad for loop expression");
    this.#takeOperator(";");
    this.skipNewlines();
    return { kind: "count", parts: parts as Word[], body: this.#doGroup() };
  }

  #doGroup(): Script {
    const end = this.#takeWord("{") ? "}" : "done";
    if (end === "done") this.expectWord("do");
    const body = this.list();
    this.expectWord(end);
    return body;
  }

  #wordsToEnd(): Word[] {
    const words: Word[] = [];
    while (this.lexer.peek().kind === "word") words.push(this.lexer.next().word);
    return words;
  }

  #case(): Compound {
    this.lexer.next();
    const { word } = this.anyWord();
    this.skipNewlines();
    this.expectWord("in");
    this.skipNewlines();
    const cases: Case[] = [];
    while (this.lexer.peek().text !== "esac") {
      cases.push(this.#oneCase());
      this.skipNewlines();
    }
    return this.#closed({ kind: "case", word, cases }, "esac");
  }

  #oneCase(): Case {
    this.#takeOperator("(");
    const patterns = [this.anyWord().word];
    while (this.#takeOperator("|")) patterns.push(this.anyWord().word);
    this.expectOperator(")");
    const body = this.list();
    const { text, kind } = this.lexer.peek();
    if (kind === "operator" && (text === ";;" || text === ";&" || text === ";;&")) {
      this.lexer.next();
      return { patterns, body, end: text };
    }
    if (text !== "esac") unexpected(this.lexer, this.lexer.peek(), ";;");
    return { patterns, body, end: ";;" };
  }

  #condition(): Compound {
    this.lexer.next();
    const expression = parseCondition(this);
    return this.#closed({ kind: "condition", expression }, "]]");
  }

  #functionKeyword(): Command {
    const { line } = this.lexer.next();
    const name = this.anyWord().text;
    if (this.#takeOperator("(")) this.expectOperator(")");
    this.skipNewlines();
    return { kind: "function", name, body: this.command(), line };
  }

  #simple(): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    const { line } = this.lexer.peek();
    for (;;) {
      const token = this.lexer.peek();
      if (isRedirection(token)) {
        redirections.push(parseRedirection(this));
      } else if (token.kind === "word") {
        this.lexer.next();
        const assignment = words.length === 0 ? this.#assignment(token) : undefined;
        if (assignment) assignments.push(assignment);
        else words.push(token.word);
        if (words.length === 1 && assignments.length === 0 && this.#isFunction(token)) {
          return this.#function(token);
        }
      } else {
        break;
      }
    }
    const isEmpty = words.length + assignments.length + redirections.length === 0;
    if (isEmpty) unexpected(this.lexer, this.lexer.peek());
    const simple: SimpleCommand = { kind: "simple", line, assignments, words, redirections };
    return simple;
  }

  #isFunction({ text }: Token): boolean {
    const { kind, text: following } = this.lexer.peek();
    return kind === "operator" && following === "(" && /^[A-Za-z_][\w.:-]*$/.test(text);
  }

  #function({ text: name, line }: Token): Command {
    this.lexer.next();
    this.expectOperator(")");
    this.skipNewlines();
    return { kind: "function", name, body: this.command(), line };
  }

  #assignment({ word, text }: Token): Assignment | undefined {
    const [first, ...rest] = word.parts;
    if (first?.kind !== "text" || first.isQuoted) return undefined;
    const match = ASSIGNMENT.exec(first.text);
    if (!match) return undefined;
    const [whole, name = "", index, plus] = match;
    const isBare = text === whole;
    const elements = isBare && this.lexer.isBash ? this.#elements() : undefined;
    const remainder = {
      kind: "text" as const,
      text: first.text.slice(whole.length),
      isQuoted: false,
    };
    return {
      name,
      index:
        index === undefined
          ? undefined
          : { parts: [{ kind: "text", text: index, isQuoted: false }] },
      isAppend: plus === "+",
      value: { parts: remainder.text ? [remainder, ...rest] : rest },
      elements,
    };
  }

  /** `(a b c)` directly behind `name=`. */
  #elements(): Word[] | undefined {
    const { text, from, kind } = this.lexer.peek();
    if (kind !== "operator" || text !== "(" || this.lexer.source[from - 1] !== "=")
      return undefined;
    this.lexer.next();
    const words: Word[] = [];
    for (;;) {
      this.skipNewlines();
      if (this.lexer.peek().kind !== "word") break;
      words.push(this.lexer.next().word);
    }
    this.expectOperator(")");
    return words;
  }

  anyWord(): Token {
    const token = this.lexer.next();
    if (token.kind !== "word") unexpected(this.lexer, token);
    return token;
  }

  #takeWord(text: string): boolean {
    const token = this.lexer.peek();
    if (token.kind !== "word" || token.text !== text) return false;
    this.lexer.next();
    return true;
  }

  #takeOperator(text: string): boolean {
    const token = this.lexer.peek();
    if (token.kind !== "operator" || token.text !== text) return false;
    this.lexer.next();
    return true;
  }

  expectWord(text: string): void {
    if (!this.#takeWord(text)) unexpected(this.lexer, this.lexer.peek(), text);
  }

  expectOperator(text: string): void {
    if (!this.#takeOperator(text)) unexpected(this.lexer, this.lexer.peek(), text);
  }
}
