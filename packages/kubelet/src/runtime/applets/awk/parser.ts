// From awk's text to its program.

import { regularExpression } from "../regular-expression.ts";
import {
  AwkError,
  type AwkFunction,
  type AwkProgram,
  type Expression,
  type Rule,
  type Statement,
} from "./syntax.ts";

interface Token {
  kind: "number" | "text" | "regex" | "name" | "function name" | "operator" | "newline" | "end";
  text: string;
}

const OPERATOR = /\*\*=|\*\*|&&|\|\||\+\+|--|[-+*/%^=!<>]=|>>|!~|[-+*/%^=!<>~?:,;(){}[\]$|]/y;
const KEYWORDS = new Set([
  "BEGIN",
  "END",
  "function",
  "func",
  "if",
  "else",
  "while",
  "for",
  "do",
  "in",
  "print",
  "printf",
  "next",
  "exit",
  "break",
  "continue",
  "return",
  "delete",
  "getline",
]);
const COMPARISONS = new Set(["<", "<=", "==", "!=", ">", ">="]);

/** @throws AwkError, RegexError */
export function parseAwk(source: string): AwkProgram {
  return new AwkParser(source).program();
}

class AwkParser {
  readonly #tokens: Token[];
  #at = 0;
  /** Above 0 where `>` and `in` mean something else: in `print` and in `for (`. */
  #noGreater = 0;
  #noIn = 0;

  constructor(source: string) {
    this.#tokens = tokenize(source);
  }

  program(): AwkProgram {
    const begin: Statement[] = [];
    const end: Statement[] = [];
    const rules: Rule[] = [];
    const functions = new Map<string, AwkFunction>();
    for (this.#skipEnds(); this.#peek().kind !== "end"; this.#skipEnds()) {
      if (this.#take("BEGIN")) begin.push(...this.#block());
      else if (this.#take("END")) end.push(...this.#block());
      else if (this.#take("function") || this.#take("func")) this.#function(functions);
      else rules.push(this.#rule());
    }
    return { begin, end, rules, functions };
  }

  #rule(): Rule {
    if (this.#is("{")) return { pattern: undefined, until: undefined, body: this.#block() };
    const pattern = this.#expression();
    const until = this.#take(",") ? this.#expression() : undefined;
    return { pattern, until, body: this.#is("{") ? this.#block() : undefined };
  }

  #function(functions: Map<string, AwkFunction>): void {
    const name = this.#next().text;
    this.#expect("(");
    const parameters: string[] = [];
    while (!this.#is(")")) {
      parameters.push(this.#next().text);
      this.#take(",");
    }
    this.#expect(")");
    this.#skipEnds();
    functions.set(name, { parameters, body: this.#block() });
  }

  #block(): Statement[] {
    this.#expect("{");
    const statements: Statement[] = [];
    for (this.#skipEnds(); !this.#is("}"); this.#skipEnds()) {
      if (this.#peek().kind === "end") throw new AwkError("unexpected end of program");
      statements.push(this.#statement());
    }
    this.#expect("}");
    return statements;
  }

  #body(): Statement[] {
    while (this.#peek().kind === "newline") this.#at++;
    if (this.#is("{")) return this.#block();
    if (this.#take(";")) return [];
    return [this.#statement()];
  }

  #statement(): Statement {
    const { text, kind } = this.#peek();
    if (kind === "name") {
      switch (text) {
        case "if":
          return this.#if();
        case "while":
          return this.#while();
        case "do":
          return this.#do();
        case "for":
          return this.#for();
        case "next":
        case "exit":
        case "break":
        case "continue":
        case "return": {
          this.#at++;
          const hasValue = (text === "exit" || text === "return") && !this.#isEnd();
          return { kind: "jump", to: text, value: hasValue ? this.#expression() : undefined };
        }
      }
    }
    return this.#simple();
  }

  #simple(): Statement {
    if (this.#take("print")) return this.#print(false);
    if (this.#take("printf")) return this.#print(true);
    if (this.#take("delete")) {
      const array = this.#next().text;
      const index = this.#take("[") ? this.#list("]") : undefined;
      return { kind: "delete", array, index };
    }
    return { kind: "expression", of: this.#expression() };
  }

  #print(format: boolean): Statement {
    const args: Expression[] = [];
    const isGrouped = this.#is("(") && this.#closesBeforeEnd();
    this.#noGreater++;
    if (isGrouped) {
      this.#at++;
      this.#noGreater--;
      args.push(...this.#list(")"));
      this.#noGreater++;
    } else if (!this.#isEnd() && !this.#is(">") && !this.#is(">>") && !this.#is("|")) {
      do args.push(this.#expression());
      while (this.#take(","));
    }
    this.#noGreater--;
    const redirect = this.#is(">") || this.#is(">>") || this.#is("|") ? this.#next().text : "";
    const target = redirect ? this.#concatenation() : undefined;
    return { kind: "print", format, args, redirect, target };
  }

  /** `print (a, b) > f`: the parenthesis encloses all arguments. */
  #closesBeforeEnd(): boolean {
    let depth = 0;
    for (let at = this.#at; at < this.#tokens.length; at++) {
      const { text, kind } = this.#tokens[at]!;
      if (kind === "operator" && text === "(") depth++;
      if (kind === "operator" && text === ")" && --depth === 0) {
        const after = this.#tokens[at + 1];
        return (
          !after ||
          after.kind === "end" ||
          after.kind === "newline" ||
          [";", "}", ">", ">>", "|"].includes(after.text)
        );
      }
    }
    return false;
  }

  #if(): Statement {
    this.#at++;
    this.#expect("(");
    const condition = this.#expression();
    this.#expect(")");
    const then = this.#body();
    const before = this.#at;
    this.#skipEnds();
    if (this.#take("else")) return { kind: "if", condition, then, otherwise: this.#body() };
    this.#at = before;
    return { kind: "if", condition, then, otherwise: [] };
  }

  #while(): Statement {
    this.#at++;
    this.#expect("(");
    const condition = this.#expression();
    this.#expect(")");
    return { kind: "while", condition, body: this.#body(), isLate: false };
  }

  #do(): Statement {
    this.#at++;
    const body = this.#body();
    this.#skipEnds();
    this.#expect("while");
    this.#expect("(");
    const condition = this.#expression();
    this.#expect(")");
    return { kind: "while", condition, body, isLate: true };
  }

  #for(): Statement {
    this.#at++;
    this.#expect("(");
    const [name, word, array, close] = this.#tokens.slice(this.#at, this.#at + 4);
    if (name?.kind === "name" && word?.text === "in" && close?.text === ")") {
      this.#at += 4;
      return { kind: "for in", name: name.text, array: array!.text, body: this.#body() };
    }
    const first = this.#is(";") ? undefined : this.#simple();
    this.#expect(";");
    const condition = this.#is(";") ? undefined : this.#expression();
    this.#expect(";");
    const step = this.#is(")") ? undefined : this.#simple();
    this.#expect(")");
    return { kind: "for", first, condition, step, body: this.#body() };
  }

  // Expressions, from the loosest binding to the tightest

  #expression(): Expression {
    const condition = this.#or();
    if (this.#take("?")) {
      const yes = this.#expression();
      this.#expect(":");
      return { kind: "choice", condition, yes, no: this.#expression() };
    }
    const { text, kind } = this.#peek();
    const isAssignment = kind === "operator" && /^(?:[-+*/%^]|\*\*)?=$/.test(text);
    if (!isAssignment || !["name", "field", "element"].includes(condition.kind)) return condition;
    this.#at++;
    return {
      kind: "assign",
      operator: text.slice(0, -1),
      target: condition,
      value: this.#expression(),
    };
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#take("||")) left = { kind: "binary", operator: "||", left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#membership();
    while (this.#take("&&"))
      left = { kind: "binary", operator: "&&", left, right: this.#membership() };
    return left;
  }

  #membership(): Expression {
    let left = this.#match();
    while (this.#noIn === 0 && this.#take("in"))
      left = { kind: "in", index: [left], array: this.#next().text };
    return left;
  }

  #match(): Expression {
    let left = this.#comparison();
    while (this.#is("~") || this.#is("!~")) {
      const operator = this.#next().text;
      left = { kind: "binary", operator, left, right: this.#comparison() };
    }
    return left;
  }

  #comparison(): Expression {
    const left = this.#concatenation();
    const { text, kind } = this.#peek();
    if (kind !== "operator" || !COMPARISONS.has(text) || (text === ">" && this.#noGreater > 0))
      return left;
    this.#at++;
    return { kind: "binary", operator: text, left, right: this.#concatenation() };
  }

  #concatenation(): Expression {
    let left = this.#sum();
    while (this.#beginsOperand())
      left = { kind: "binary", operator: " ", left, right: this.#sum() };
    return left;
  }

  #beginsOperand(): boolean {
    const { kind, text } = this.#peek();
    if (kind === "number" || kind === "text" || kind === "function name") return true;
    if (kind === "name") return !KEYWORDS.has(text);
    return kind === "operator" && ["$", "!", "(", "-", "+", "++", "--"].includes(text);
  }

  #sum(): Expression {
    let left = this.#product();
    while (this.#is("+") || this.#is("-")) {
      const operator = this.#next().text;
      left = { kind: "binary", operator, left, right: this.#product() };
    }
    return left;
  }

  #product(): Expression {
    let left = this.#unary();
    while (this.#is("*") || this.#is("/") || this.#is("%")) {
      const operator = this.#next().text;
      left = { kind: "binary", operator, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Expression {
    if (this.#is("!") || this.#is("-") || this.#is("+")) {
      const operator = this.#next().text;
      return { kind: "unary", operator, of: this.#unary() };
    }
    return this.#power();
  }

  #power(): Expression {
    const base = this.#postfix();
    if (!this.#take("^") && !this.#take("**")) return base;
    return { kind: "binary", operator: "^", left: base, right: this.#unary() };
  }

  #postfix(): Expression {
    for (const operator of ["++", "--"] as const) {
      if (this.#take(operator))
        return { kind: "step", operator, target: this.#primary(), isBefore: true };
    }
    const target = this.#primary();
    for (const operator of ["++", "--"] as const) {
      const isTarget = ["name", "field", "element"].includes(target.kind);
      if (isTarget && this.#take(operator))
        return { kind: "step", operator, target, isBefore: false };
    }
    return target;
  }

  #primary(): Expression {
    const { kind, text } = this.#next();
    switch (kind) {
      case "number":
        return { kind: "number", value: Number(text) };
      case "text":
        return { kind: "text", value: text };
      case "regex":
        return { kind: "regex", pattern: new RegExp(regularExpression(text, "extended")) };
      case "function name":
        this.#expect("(");
        return { kind: "call", name: text, args: this.#list(")") };
      case "name":
        return this.#named(text);
      default:
        return this.#symbol(text);
    }
  }

  #named(name: string): Expression {
    if (name === "getline") {
      const target = this.#peek().kind === "name" || this.#is("$") ? this.#primary() : undefined;
      const file = this.#take("<") ? this.#primary() : undefined;
      return { kind: "getline", target, file };
    }
    if (BUILTINS.has(name)) {
      const args = this.#take("(") ? this.#list(")") : [];
      return { kind: "call", name, args };
    }
    if (this.#take("[")) return { kind: "element", array: name, index: this.#list("]") };
    return { kind: "name", name };
  }

  #symbol(text: string): Expression {
    if (text === "$") return { kind: "field", index: this.#postfixOfField() };
    if (text !== "(") throw new AwkError(`syntax error at "${text || "end of program"}"`);
    const noGreater = this.#noGreater;
    this.#noGreater = 0;
    const list = this.#list(")");
    this.#noGreater = noGreater;
    if (list.length > 1 && this.#take("in"))
      return { kind: "in", index: list, array: this.#next().text };
    // a group: its own node, so that (a = b) is no target
    return { kind: "binary", operator: "group", left: list[0]!, right: list[0]! };
  }

  /** `$NF-1` is `($NF)-1`; `$i++` steps the field. */
  #postfixOfField(): Expression {
    for (const operator of ["++", "--"] as const) {
      if (this.#take(operator))
        return { kind: "step", operator, target: this.#primary(), isBefore: true };
    }
    if (this.#take("-")) return { kind: "unary", operator: "-", of: this.#primary() };
    return this.#primary();
  }

  #list(close: string): Expression[] {
    const items: Expression[] = [];
    const noIn = this.#noIn;
    this.#noIn = 0;
    while (!this.#is(close)) {
      items.push(this.#expression());
      if (!this.#take(",")) break;
      while (this.#peek().kind === "newline") this.#at++;
    }
    this.#noIn = noIn;
    this.#expect(close);
    return items;
  }

  #isEnd(): boolean {
    const { kind, text } = this.#peek();
    return (
      kind === "end" ||
      kind === "newline" ||
      (kind === "operator" && (text === ";" || text === "}"))
    );
  }

  #skipEnds(): void {
    while (this.#peek().kind === "newline" || this.#is(";")) this.#at++;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "" };
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return (token.kind === "operator" || token.kind === "name") && token.text === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text))
      throw new AwkError(
        `syntax error at "${this.#peek().text || "end of program"}", expected "${text}"`,
      );
  }
}

export const BUILTINS: ReadonlySet<string> = new Set([
  "length", "substr", "index", "split", "sub", "gsub", "gensub", "match", "sprintf", "tolower",
  "toupper", "int", "sqrt", "exp", "log", "sin", "cos", "atan2", "rand", "srand", "system",
  "close", "fflush", "systime", "strftime",
]); // prettier-ignore

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const add = (kind: Token["kind"], text: string) => void tokens.push({ kind, text });
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at);
    const blank = /^(?:[ \t\r]|\\\n|#[^\n]*)+/.exec(rest)?.[0];
    const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest)?.[0];
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (blank) at += blank.length;
    else if (rest.startsWith("\n")) {
      // after these a line may break
      if (!/^(?:,|\{|&&|\|\|)$/.test(tokens[tokens.length - 1]?.text ?? "")) add("newline", "\n");
      at++;
    } else if (rest.startsWith('"')) {
      const text = /^"((?:\\[\s\S]|[^"\\])*)"/.exec(rest);
      if (!text) throw new AwkError("unterminated string");
      add("text", unescape(text[1]!));
      at += text[0].length;
    } else if (number) {
      add("number", number);
      at += number.length;
    } else if (name) {
      const isCall = source[at + name.length] === "(" && !KEYWORDS.has(name) && !BUILTINS.has(name);
      add(isCall ? "function name" : "name", name);
      at += name.length;
    } else if (rest.startsWith("/") && beginsRegex(tokens[tokens.length - 1])) {
      const regex = /^\/((?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[^/\\[\n])*)\//.exec(rest);
      if (!regex) throw new AwkError("unterminated regular expression");
      add("regex", regex[1]!.replaceAll("\\/", "/"));
      at += regex[0].length;
    } else {
      OPERATOR.lastIndex = at;
      const operator = OPERATOR.exec(source)?.[0];
      if (!operator) throw new AwkError(`unexpected character '${source[at]}'`);
      add("operator", operator);
      at += operator.length;
    }
  }
  return tokens;
}

function beginsRegex(before: Token | undefined): boolean {
  if (!before || before.kind === "newline") return true;
  if (before.kind === "operator")
    return before.text !== ")" && before.text !== "]" && before.text !== "$";
  return before.kind === "name" && KEYWORDS.has(before.text);
}

function unescape(text: string): string {
  const letters: { readonly [letter: string]: string } = {
    n: "\n",
    t: "\t",
    r: "\r",
    a: "\x07",
    b: "\b",
    f: "\f",
    v: "\v",
    "/": "/",
    '"': '"',
    "\\": "\\",
  };
  return text.replace(/\\([0-7]{1,3}|[\s\S])/g, (whole, char: string) =>
    /^[0-7]/.test(char) ? String.fromCharCode(parseInt(char, 8)) : (letters[char] ?? whole),
  );
}
