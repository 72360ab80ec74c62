// Field selectors: `status.phase!=Running,spec.nodeName=a`.
// @see kubernetes apimachinery/pkg/fields/selector.go

import { badRequest } from "../errors/status-error.ts";
import type { Kind, KubernetesObject } from "../kind.ts";

export interface FieldRequirement {
  readonly field: string;
  readonly isNegated: boolean;
  readonly value: string;
}

/** Whether an object fits a field selector; made once per list or watch. */
export type FieldMatcher = (object: KubernetesObject) => boolean;

/** @throws BadRequest when a term has no operator or a value has a stray `,`, `=` or `\` */
export function parseFieldSelector(selector: string): FieldRequirement[] {
  return splitTerms(selector)
    .sort()
    .filter((term) => term !== "")
    .map((term) => parseTerm(term, selector));
}

/**
 * A field selector checked against what `kind` can be selected by.
 * @throws BadRequest `field label not supported: x`
 */
export function fieldMatcher(kind: Kind, requirements: readonly FieldRequirement[]): FieldMatcher {
  const tests = requirements.map(({ field, isNegated, value }) => {
    const read = fieldReader(kind, field);
    return (object: KubernetesObject) => (read(object) === value) !== isNegated;
  });
  return (object) => tests.every((test) => test(object));
}

function fieldReader(kind: Kind, field: string): (object: KubernetesObject) => string {
  if (field === "metadata.name") return (object) => object.metadata.name ?? "";
  const knowsOnlyMetadata = Object.keys(kind.selectableFields).length === 0;
  if (field === "metadata.namespace" && (kind.namespaced || knowsOnlyMetadata)) {
    return (object) => object.metadata.namespace ?? "";
  }
  if (Object.hasOwn(kind.selectableFields, field)) return kind.selectableFields[field]!;
  if (!knowsOnlyMetadata) throw badRequest(`field label not supported: ${field}`);
  throw badRequest(
    `${JSON.stringify(field)} is not a known field selector: ` +
      `only "metadata.name", "metadata.namespace"`,
  );
}

/** At commas, except behind a backslash. */
function splitTerms(selector: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < selector.length; at += 1) {
    if (selector[at] === "\\") at += 1;
    else if (selector[at] === ",") {
      terms.push(selector.slice(start, at));
      start = at + 1;
    }
  }
  return [...terms, selector.slice(start)];
}

function parseTerm(term: string, selector: string): FieldRequirement {
  const match = /!=|==|=/.exec(term);
  if (match === null) {
    throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
  }
  return {
    field: term.slice(0, match.index),
    isNegated: match[0] === "!=",
    value: unescapeValue(term.slice(match.index + match[0].length)),
  };
}

function unescapeValue(text: string): string {
  return text.replace(/\\(.?)|[,=]/gsu, (found, escaped?: string) => {
    if (escaped === undefined) {
      const code = found.codePointAt(0)!;
      throw badRequest(`invalid field selector: unescaped character in value: ${code}`);
    }
    if (escaped === "\\" || escaped === "," || escaped === "=") return escaped;
    throw badRequest(`invalid field selector: invalid escape sequence: ${found}`);
  });
}
