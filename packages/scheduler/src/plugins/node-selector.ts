// Node selectors of affinity: terms are alternatives, what a term asks for must all hold.
// @see kubernetes component-helpers/scheduling/corev1/nodeaffinity

import type { Node, NodeSelectorRequirement, NodeSelectorTerm } from "@kubonsai/api";

/** No terms match nothing. */
export const matchesAnyTerm = (terms: readonly NodeSelectorTerm[], node: Node): boolean =>
  terms.some((term) => matchesTerm(term, node));

/** An empty term matches nothing. */
export function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    matchExpressions.every((one) => holds(one, own(labels, one.key))) &&
    matchFields.every((one) => holds(one, fieldOf(node, one.key)))
  );
}

export function hasLabels(node: Node, wanted: { [name: string]: string }): boolean {
  const labels = node.metadata.labels ?? {};
  return Object.entries(wanted).every(([name, value]) => own(labels, name) === value);
}

/** The node names that a required field `metadata.name In […]` allows; undefined: any. */
export function namesAllowedBy(term: NodeSelectorTerm): ReadonlySet<string> | undefined {
  let allowed: Set<string> | undefined;
  for (const { key, operator, values = [] } of term.matchFields ?? []) {
    if (key !== "metadata.name" || operator !== "In") continue;
    const before = allowed;
    allowed = new Set(before ? values.filter((name) => before.has(name)) : values);
  }
  return allowed;
}

function holds({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined) {
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return compares(value, values, (actual, wanted) => actual > wanted);
    case "Lt":
      return compares(value, values, (actual, wanted) => actual < wanted);
    default:
      return false;
  }
}

function compares(
  value: string | undefined,
  [wanted]: readonly string[],
  test: (actual: bigint, wanted: bigint) => boolean,
): boolean {
  const isNumber = (text: string | undefined) => text !== undefined && /^[-+]?\d+$/.test(text);
  if (!isNumber(value) || !isNumber(wanted)) return false;
  return test(BigInt(value!.replace("+", "")), BigInt(wanted!.replace("+", "")));
}

const fieldOf = (node: Node, key: string): string | undefined =>
  key === "metadata.name" ? node.metadata.name : undefined;

const own = (labels: { [name: string]: string }, name: string): string | undefined =>
  Object.hasOwn(labels, name) ? labels[name] : undefined;
