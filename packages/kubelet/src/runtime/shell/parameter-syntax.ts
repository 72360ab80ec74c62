// `${…}`: names, indices and operators.

import type { Lexer } from "./lexer.ts";
import type { Parameter, Word } from "./syntax.ts";

const NAME = /[A-Za-z_][A-Za-z0-9_]*|\d+|[@*#?$!-]/y;
const OPERATOR = /:[-=?+]|[-=?+]|%%?|##?|\/\/|\/[#%]?|\^\^?|,,?|:|@[A-Za-z]/y;

/** Parses from behind `${` to behind the closing brace. */
export function parseParameter(lexer: Lexer, isQuoted: boolean): Parameter {
  const isLength =
    lexer.source[lexer.at] === "#" &&
    /[A-Za-z_0-9@*?!$#-]/.test(lexer.source[lexer.at + 1] ?? "") &&
    lexer.source[lexer.at + 1] !== "}";
  if (isLength) lexer.at++;
  const isIndirect =
    !isLength &&
    lexer.isBash &&
    lexer.source[lexer.at] === "!" &&
    lexer.source[lexer.at + 1] !== "}";
  if (isIndirect) lexer.at++;
  const name = take(lexer, NAME);
  if (name === "") lexer.fail("bad substitution");
  const index = lexer.source[lexer.at] === "[" ? parseIndex(lexer) : undefined;
  const operator = take(lexer, OPERATOR);
  const words = operator === "" ? [] : parseWords(lexer, operator, isQuoted);
  if (lexer.source[lexer.at] !== "}") {
    lexer.fail("bad substitution", lexer.at >= lexer.source.length);
  }
  lexer.at++;
  return { name, index, isLength, isIndirect, operator, words };
}

function parseWords(lexer: Lexer, operator: string, isQuoted: boolean): Word[] {
  // patterns keep their own quoting even inside double quotes
  const isPattern = /^[%#/^,]/.test(operator);
  const isSplit = operator.startsWith("/") || operator === ":";
  const separator = operator === ":" ? ":" : "/";
  const first = lexer.readWord(isSplit ? `${separator}}` : "}", isQuoted && !isPattern);
  if (!isSplit || lexer.source[lexer.at] !== separator) return [first];
  lexer.at++;
  return [first, lexer.readWord("}", isQuoted)];
}

function parseIndex(lexer: Lexer): Parameter["index"] {
  lexer.at++;
  const word = lexer.readWord("]");
  if (lexer.source[lexer.at] !== "]") lexer.fail("bad substitution", true);
  lexer.at++;
  const [only] = word.parts;
  const isAll = word.parts.length === 1 && only?.kind === "text";
  if (isAll && (only.text === "@" || only.text === "*")) return only.text;
  return word;
}

function take(lexer: Lexer, pattern: RegExp): string {
  pattern.lastIndex = lexer.at;
  const found = pattern.exec(lexer.source)?.[0] ?? "";
  lexer.at += found.length;
  return found;
}
