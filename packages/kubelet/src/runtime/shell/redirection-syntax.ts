// Redirections and here-documents in the grammar.

import type { Token } from "./lexer.ts";
import type { Parser } from "./parser.ts";
import type { Redirection, Word } from "./syntax.ts";

const REDIRECTIONS = new Set([
  "<",
  ">",
  ">>",
  ">|",
  "<>",
  "<&",
  ">&",
  "<<",
  "<<-",
  "<<<",
  "&>",
  "&>>",
]);

export function isRedirection({ isDescriptor, kind, text }: Token): boolean {
  return isDescriptor || (kind === "operator" && REDIRECTIONS.has(text));
}

export function parseRedirections(parser: Parser): Redirection[] {
  const found: Redirection[] = [];
  while (isRedirection(parser.lexer.peek())) found.push(parseRedirection(parser));
  return found;
}

export function parseRedirection(parser: Parser): Redirection {
  const { lexer } = parser;
  const first = lexer.next();
  const descriptor = first.isDescriptor ? Number(first.text) : undefined;
  const operator = (first.isDescriptor ? lexer.next() : first).text;
  const { word } = parser.anyWord();
  if (operator === "<<" || operator === "<<-") {
    return hereDocument(parser, word, { descriptor, isIndented: operator === "<<-" });
  }
  return { operator: operator as Redirection["operator"], descriptor, target: word };
}

/** The text comes later in the source: it is filled in when the lexer has read it. */
function hereDocument(
  { lexer }: Parser,
  { parts }: Word,
  { descriptor, isIndented }: { descriptor: number | undefined; isIndented: boolean },
): Redirection {
  const redirection = { operator: "<<" as const, descriptor, target: { parts: [] } as Word };
  lexer.expectHereDocument({
    delimiter: parts.map((part) => (part.kind === "text" ? part.text : "")).join(""),
    isQuoted: parts.some((part) => part.isQuoted),
    isIndented,
    fill: (text) => {
      redirection.target = text;
    },
  });
  return redirection;
}
