// `[[ … ]]`: the grammar of bash's conditions.

import type { Parser } from "./parser.ts";
import type { Condition, Part, Word } from "./syntax.ts";

const BINARY = new Set([
  "=",
  "==",
  "!=",
  "=~",
  "-eq",
  "-ne",
  "-lt",
  "-le",
  "-gt",
  "-ge",
  "-nt",
  "-ot",
  "-ef",
]);

export function parseCondition(parser: Parser): Condition {
  let left = conjunction(parser);
  while (takes(parser, "||")) left = { kind: "or", left, right: conjunction(parser) };
  return left;
}

function conjunction(parser: Parser): Condition {
  let left = primary(parser);
  while (takes(parser, "&&")) left = { kind: "and", left, right: primary(parser) };
  return left;
}

function primary(parser: Parser): Condition {
  const { lexer } = parser;
  parser.skipNewlines();
  if (takes(parser, "(")) {
    const inner = parseCondition(parser);
    parser.expectOperator(")");
    return inner;
  }
  const first = lexer.next();
  if (first.kind !== "word") lexer.fail(`unexpected "${first.text}"`, first.kind === "end");
  if (first.text === "!") return { kind: "not", of: primary(parser) };
  const isUnary = /^-[a-zA-Z]$/.test(first.text) && lexer.peek().text !== "]]";
  if (isUnary && lexer.peek().kind === "word" && !BINARY.has(lexer.peek().text)) {
    return { kind: "unary", operator: first.text, word: lexer.next().word };
  }
  return binaryOrText(parser, first.word);
}

function binaryOrText(parser: Parser, left: Word): Condition {
  const { lexer } = parser;
  const operator = lexer.peek();
  const isOrder = operator.kind === "operator" && (operator.text === "<" || operator.text === ">");
  if (!isOrder && !BINARY.has(operator.text)) return { kind: "unary", operator: "-n", word: left };
  lexer.next();
  const right = operator.text === "=~" ? pattern(parser) : lexer.next().word;
  return { kind: "binary", operator: operator.text, left, right };
}

/** A regular expression may have parentheses and bars: it goes on to a blank at depth 0. */
function pattern({ lexer }: Parser): Word {
  const parts: Part[] = [];
  while (" \t".includes(lexer.source[lexer.at] ?? "")) lexer.at++;
  for (let depth = 0; ;) {
    parts.push(...lexer.readWord(" \t\n()").parts);
    const char = lexer.source[lexer.at];
    if (char === undefined || char === "\n" || (depth === 0 && " \t".includes(char))) break;
    if (char === "(") depth++;
    if (char === ")") depth--;
    parts.push({ kind: "text", text: char, isQuoted: false });
    lexer.at++;
  }
  return { parts };
}

function takes({ lexer }: Parser, text: string): boolean {
  if (lexer.peek().kind !== "operator" || lexer.peek().text !== text) return false;
  lexer.next();
  return true;
}
