// awk's expressions; the statements around them are in parser.ts.

import { regularExpression } from "../regular-expression.ts";
import { BUILTINS, KEYWORDS, tokenize, type Token } from "./lexer.ts";
import { AwkError, type Expression } from "./syntax.ts";

const COMPARISONS = new Set(["<", "<=", "==", "!=", ">", ">="]);

export class ExpressionParser {
  readonly tokens: Token[];
  at = 0;
  /** Above 0 where `>` and `in` mean something else: in `print` and in `for (`. */
  noGreater = 0;
  noIn = 0;

  constructor(source: string) {
    this.tokens = tokenize(source);
  }

  // Expressions, from the loosest binding to the tightest

  expression(): Expression {
    const condition = this.or();
    if (this.take("?")) {
      const yes = this.expression();
      this.expect(":");
      return { kind: "choice", condition, yes, no: this.expression() };
    }
    const { text, kind } = this.peek();
    const isAssignment = kind === "operator" && /^(?:[-+*/%^]|\*\*)?=$/.test(text);
    if (!isAssignment || !["name", "field", "element"].includes(condition.kind)) return condition;
    this.at++;
    return {
      kind: "assign",
      operator: text.slice(0, -1),
      target: condition,
      value: this.expression(),
    };
  }

  or(): Expression {
    let left = this.and();
    while (this.take("||")) left = { kind: "binary", operator: "||", left, right: this.and() };
    return left;
  }

  and(): Expression {
    let left = this.membership();
    while (this.take("&&"))
      left = { kind: "binary", operator: "&&", left, right: this.membership() };
    return left;
  }

  membership(): Expression {
    let left = this.match();
    while (this.noIn === 0 && this.take("in"))
      left = { kind: "in", index: [left], array: this.next().text };
    return left;
  }

  match(): Expression {
    let left = this.comparison();
    while (this.is("~") || this.is("!~")) {
      const operator = this.next().text;
      left = { kind: "binary", operator, left, right: this.comparison() };
    }
    return left;
  }

  comparison(): Expression {
    const left = this.concatenation();
    const { text, kind } = this.peek();
    if (kind !== "operator" || !COMPARISONS.has(text) || (text === ">" && this.noGreater > 0))
      return left;
    this.at++;
    return { kind: "binary", operator: text, left, right: this.concatenation() };
  }

  concatenation(): Expression {
    let left = this.sum();
    while (this.beginsOperand()) left = { kind: "binary", operator: " ", left, right: this.sum() };
    return left;
  }

  beginsOperand(): boolean {
    const { kind, text } = this.peek();
    if (kind === "number" || kind === "text" || kind === "function name") return true;
    if (kind === "name") return !KEYWORDS.has(text);
    return kind === "operator" && ["$", "!", "(", "-", "+", "++", "--"].includes(text);
  }

  sum(): Expression {
    let left = this.product();
    while (this.is("+") || this.is("-")) {
      const operator = this.next().text;
      left = { kind: "binary", operator, left, right: this.product() };
    }
    return left;
  }

  product(): Expression {
    let left = this.unary();
    while (this.is("*") || this.is("/") || this.is("%")) {
      const operator = this.next().text;
      left = { kind: "binary", operator, left, right: this.unary() };
    }
    return left;
  }

  unary(): Expression {
    if (this.is("!") || this.is("-") || this.is("+")) {
      const operator = this.next().text;
      return { kind: "unary", operator, of: this.unary() };
    }
    return this.power();
  }

  power(): Expression {
    const base = this.postfix();
    if (!this.take("^") && !this.take("**")) return base;
    return { kind: "binary", operator: "^", left: base, right: this.unary() };
  }

  postfix(): Expression {
    for (const operator of ["++", "--"] as const) {
      if (this.take(operator))
        return { kind: "step", operator, target: this.primary(), isBefore: true };
    }
    const target = this.primary();
    for (const operator of ["++", "--"] as const) {
      const isTarget = ["name", "field", "element"].includes(target.kind);
      if (isTarget && this.take(operator))
        return { kind: "step", operator, target, isBefore: false };
    }
    return target;
  }

  primary(): Expression {
    const { kind, text } = this.next();
    switch (kind) {
      case "number":
        return { kind: "number", value: Number(text) };
      case "text":
        return { kind: "text", value: text };
      case "regex":
        return { kind: "regex", pattern: new RegExp(regularExpression(text, "extended")) };
      case "function name":
        this.expect("(");
        return { kind: "call", name: text, args: this.list(")") };
      case "name":
        return this.named(text);
      default:
        return this.symbol(text);
    }
  }

  named(name: string): Expression {
    if (name === "getline") {
      const target = this.peek().kind === "name" || this.is("$") ? this.primary() : undefined;
      const file = this.take("<") ? this.primary() : undefined;
      return { kind: "getline", target, file };
    }
    if (BUILTINS.has(name)) {
      const args = this.take("(") ? this.list(")") : [];
      return { kind: "call", name, args };
    }
    if (this.take("[")) return { kind: "element", array: name, index: this.list("]") };
    return { kind: "name", name };
  }

  symbol(text: string): Expression {
    if (text === "$") return { kind: "field", index: this.postfixOfField() };
    if (text !== "(") throw new AwkError(`syntax error at "${text || "end of program"}"`);
    const noGreater = this.noGreater;
    this.noGreater = 0;
    const list = this.list(")");
    this.noGreater = noGreater;
    if (list.length > 1 && this.take("in"))
      return { kind: "in", index: list, array: this.next().text };
    // a group: its own node, so that (a = b) is no target
    return { kind: "binary", operator: "group", left: list[0]!, right: list[0]! };
  }

  /** `$NF-1` is `($NF)-1`; `$i++` steps the field. */
  postfixOfField(): Expression {
    for (const operator of ["++", "--"] as const) {
      if (this.take(operator))
        return { kind: "step", operator, target: this.primary(), isBefore: true };
    }
    if (this.take("-")) return { kind: "unary", operator: "-", of: this.primary() };
    return this.primary();
  }

  list(close: string): Expression[] {
    const items: Expression[] = [];
    const noIn = this.noIn;
    this.noIn = 0;
    while (!this.is(close)) {
      items.push(this.expression());
      if (!this.take(",")) break;
      while (this.peek().kind === "newline") this.at++;
    }
    this.noIn = noIn;
    this.expect(close);
    return items;
  }

  isEnd(): boolean {
    const { kind, text } = this.peek();
    return (
      kind === "end" ||
      kind === "newline" ||
      (kind === "operator" && (text === ";" || text === "}"))
    );
  }

  skipEnds(): void {
    while (this.peek().kind === "newline" || this.is(";")) this.at++;
  }

  peek(): Token {
    return this.tokens[this.at] ?? { kind: "end", text: "" };
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  is(text: string): boolean {
    const token = this.peek();
    return (token.kind === "operator" || token.kind === "name") && token.text === text;
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text))
      throw new AwkError(
        `syntax error at "${this.peek().text || "end of program"}", expected "${text}"`,
      );
  }
}
