// The string form of label selectors, as in `?labelSelector=` and `kubectl -l`.
//
//   x in (foo,,baz),y,z notin (),!w,v!=1,n>3
//
// @see kubernetes apimachinery/pkg/labels/selector.go Parse

import { badRequest } from "../errors/status-error.ts";
import { matcherOf, type LabelMatcher } from "./label-selector.ts";
import { validateKey, validateRequirement } from "./requirement.ts";
import type { Requirement, RequirementOperator } from "./requirement.ts";

/** @throws BadRequest with Kubernetes' text for a selector that it cannot understand */
export function parseLabelSelector(text: string): LabelMatcher {
  try {
    return matcherOf(new Parser(text).parse());
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
}

type TokenKind = "identifier" | "operator" | "end" | "error";

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const symbols = new Set([")", ",", "!", "==", "=", ">", "<", "!=", "("]);
const binaryOperators = ["in", "notin", "=", "==", "!=", ">", "<"];
const end: Token = { kind: "end", text: "" };

function tokens(text: string): Token[] {
  const found: Token[] = [];
  // Runs of symbols and runs of anything else; blanks and NUL separate.
  for (const [part] of text.matchAll(/[=!(),<>]+|[^=!(),<>\s]+/g)) {
    if (/^[=!(),<>]/.test(part)) found.push(...symbolTokens(part));
    else found.push({ kind: "identifier", text: part });
  }
  return [...found, end];
}

/** The longest known symbol first: `!=` before `!`. */
function symbolTokens(run: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < run.length;) {
    const two = run.slice(at, at + 2);
    const text = two.length === 2 && symbols.has(two) ? two : run[at]!;
    found.push({ kind: "operator", text });
    at += text.length;
  }
  return found;
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const next = this.#peek();
      if (next.kind === "end") return requirements;
      if (!startsRequirement(next)) {
        throw new Error(`found '${next.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.#requirementInContext());
      const separator = this.#take();
      if (separator.kind === "end") return requirements;
      if (separator.text !== ",") {
        throw new Error(`found '${separator.text}', expected: ',' or 'end of string'`);
      }
      if (!startsRequirement(this.#peek())) {
        throw new Error(`found '${this.#peek().text}', expected: identifier after ','`);
      }
    }
  }

  #requirementInContext(): Requirement {
    try {
      return this.#requirement();
    } catch (error) {
      throw new Error(`unable to parse requirement: ${(error as Error).message}`);
    }
  }

  #requirement(): Requirement {
    const isNegated = this.#peek().text === "!" && this.#take() !== undefined;
    const key = this.#identifier("identifier");
    validateKey("<nil>", key);
    if (isNegated) return this.#checked({ key, operator: "!", values: [] });
    const next = this.#peek();
    if (next.kind === "end" || next.text === ",") {
      return this.#checked({ key, operator: "exists", values: [] });
    }
    const operator = this.#operator();
    const isSet = operator === "in" || operator === "notin";
    const values = isSet ? this.#values() : [this.#exactValue()];
    return this.#checked({ key, operator, values });
  }

  #checked(requirement: Requirement): Requirement {
    validateRequirement(requirement);
    return requirement;
  }

  #operator(): RequirementOperator {
    const { text } = this.#take();
    if (binaryOperators.includes(text)) return text as RequirementOperator;
    throw new Error(`found '${text}', expected: ${binaryOperators.join(", ")}`);
  }

  #exactValue(): string {
    const next = this.#peek();
    if (next.kind === "end" || next.text === ",") return "";
    return this.#identifier("identifier");
  }

  #identifier(expected: string): string {
    const token = this.#take();
    if (token.kind === "identifier") return token.text;
    throw new Error(`found '${token.text}', expected: ${expected}`);
  }

  /** `(a,,b)`; two commas in a row, or one at either end, hold an empty value. */
  #values(): string[] {
    const open = this.#take();
    if (open.text !== "(") throw new Error(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (first.text !== ")" && first.text !== "," && first.kind !== "identifier") {
      throw new Error(`found '${first.text}', expected: ',', ')' or identifier`);
    }
    const values = new Set<string>();
    for (;;) {
      const token = this.#peek();
      values.add(token.kind === "identifier" ? this.#take().text : "");
      const separator = this.#take();
      if (separator.text === ")") return [...values].sort();
      if (separator.text !== ",") {
        throw new Error(`found '${separator.text}', expected: ',' or ')'`);
      }
    }
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? end;
  }

  #take(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
}

const startsRequirement = (token: Token) => token.kind === "identifier" || token.text === "!";
