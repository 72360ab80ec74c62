// From awk's text to its program.

import { ExpressionParser } from "./expressions.ts";
import {
  AwkError,
  type AwkFunction,
  type AwkProgram,
  type Expression,
  type Rule,
  type Statement,
} from "./syntax.ts";

/** @throws AwkError, RegexError */
export function parseAwk(source: string): AwkProgram {
  return new AwkParser(source).program();
}

class AwkParser extends ExpressionParser {
  program(): AwkProgram {
    const begin: Statement[] = [];
    const end: Statement[] = [];
    const rules: Rule[] = [];
    const functions = new Map<string, AwkFunction>();
    for (this.skipEnds(); this.peek().kind !== "end"; this.skipEnds()) {
      if (this.take("BEGIN")) begin.push(...this.block());
      else if (this.take("END")) end.push(...this.block());
      else if (this.take("function") || this.take("func")) this.function(functions);
      else rules.push(this.rule());
    }
    return { begin, end, rules, functions };
  }

  rule(): Rule {
    if (this.is("{")) return { pattern: undefined, until: undefined, body: this.block() };
    const pattern = this.expression();
    const until = this.take(",") ? this.expression() : undefined;
    return { pattern, until, body: this.is("{") ? this.block() : undefined };
  }

  function(functions: Map<string, AwkFunction>): void {
    const name = this.next().text;
    this.expect("(");
    const parameters: string[] = [];
    while (!this.is(")")) {
      parameters.push(this.next().text);
      this.take(",");
    }
    this.expect(")");
    this.skipEnds();
    functions.set(name, { parameters, body: this.block() });
  }

  block(): Statement[] {
    this.expect("{");
    const statements: Statement[] = [];
    for (this.skipEnds(); !this.is("}"); this.skipEnds()) {
      if (this.peek().kind === "end") throw new AwkError("unexpected end of program");
      statements.push(this.statement());
    }
    this.expect("}");
    return statements;
  }

  body(): Statement[] {
    while (this.peek().kind === "newline") this.at++;
    if (this.is("{")) return this.block();
    if (this.take(";")) return [];
    return [this.statement()];
  }

  statement(): Statement {
    const { text, kind } = this.peek();
    if (kind === "name") {
      switch (text) {
        case "if":
          return this.if();
        case "while":
          return this.while();
        case "do":
          return this.do();
        case "for":
          return this.for();
        case "next":
        case "exit":
        case "break":
        case "continue":
        case "return": {
          this.at++;
          const hasValue = (text === "exit" || text === "return") && !this.isEnd();
          return { kind: "jump", to: text, value: hasValue ? this.expression() : undefined };
        }
      }
    }
    return this.simple();
  }

  simple(): Statement {
    if (this.take("print")) return this.print(false);
    if (this.take("printf")) return this.print(true);
    if (this.take("delete")) {
      const array = this.next().text;
      const index = this.take("[") ? this.list("]") : undefined;
      return { kind: "delete", array, index };
    }
    return { kind: "expression", of: this.expression() };
  }

  print(format: boolean): Statement {
    const args: Expression[] = [];
    const isGrouped = this.is("(") && this.closesBeforeEnd();
    this.noGreater++;
    if (isGrouped) {
      this.at++;
      this.noGreater--;
      args.push(...this.list(")"));
      this.noGreater++;
    } else if (!this.isEnd() && !this.is(">") && !this.is(">>") && !this.is("|")) {
      do args.push(this.expression());
      while (this.take(","));
    }
    this.noGreater--;
    const redirect = this.is(">") || this.is(">>") || this.is("|") ? this.next().text : "";
    const target = redirect ? this.concatenation() : undefined;
    return { kind: "print", format, args, redirect, target };
  }

  /** `print (a, b) > f`: the parenthesis encloses all arguments. */
  closesBeforeEnd(): boolean {
    let depth = 0;
    for (let at = this.at; at < this.tokens.length; at++) {
      const { text, kind } = this.tokens[at]!;
      if (kind === "operator" && text === "(") depth++;
      if (kind === "operator" && text === ")" && --depth === 0) {
        const after = this.tokens[at + 1];
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

  if(): Statement {
    this.at++;
    this.expect("(");
    const condition = this.expression();
    this.expect(")");
    const then = this.body();
    const before = this.at;
    this.skipEnds();
    if (this.take("else")) return { kind: "if", condition, then, otherwise: this.body() };
    this.at = before;
    return { kind: "if", condition, then, otherwise: [] };
  }

  while(): Statement {
    this.at++;
    this.expect("(");
    const condition = this.expression();
    this.expect(")");
    return { kind: "while", condition, body: this.body(), isLate: false };
  }

  do(): Statement {
    this.at++;
    const body = this.body();
    this.skipEnds();
    this.expect("while");
    this.expect("(");
    const condition = this.expression();
    this.expect(")");
    return { kind: "while", condition, body, isLate: true };
  }

  for(): Statement {
    this.at++;
    this.expect("(");
    const [name, word, array, close] = this.tokens.slice(this.at, this.at + 4);
    if (name?.kind === "name" && word?.text === "in" && close?.text === ")") {
      this.at += 4;
      return { kind: "for in", name: name.text, array: array!.text, body: this.body() };
    }
    const first = this.is(";") ? undefined : this.simple();
    this.expect(";");
    const condition = this.is(";") ? undefined : this.expression();
    this.expect(";");
    const step = this.is(")") ? undefined : this.simple();
    this.expect(")");
    return { kind: "for", first, condition, step, body: this.body() };
  }
}
