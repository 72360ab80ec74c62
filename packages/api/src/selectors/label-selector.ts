// Label selectors, from their string form and from objects, and whether labels match.
// @see kubernetes apimachinery/pkg/labels/selector.go

import type { LabelSelector } from "../metadata/label-selector.ts";
import type { Requirement, RequirementOperator } from "./requirement.ts";
import { describeRequirement, matchesRequirement, validateRequirement } from "./requirement.ts";

export type Labels = { readonly [key: string]: string };

/** Requirements that must all hold, sorted by key. */
export interface LabelMatcher {
  /** False only for the selector of no object, which an absent LabelSelector is. */
  readonly matchesAnything: boolean;
  readonly requirements: readonly Requirement[];
}

export const everything: LabelMatcher = { matchesAnything: true, requirements: [] };
export const nothing: LabelMatcher = { matchesAnything: false, requirements: [] };

export function matchesLabels(matcher: LabelMatcher, labels: Labels | undefined): boolean {
  if (!matcher.matchesAnything) return false;
  return matcher.requirements.every((one) => matchesRequirement(one, labels));
}

/** As in a query: `a=b,c in (d,e),!f`. */
export const formatLabelMatcher = (matcher: LabelMatcher): string =>
  matcher.requirements.map(describeRequirement).join(",");

export const matcherOf = (requirements: readonly Requirement[]): LabelMatcher => ({
  matchesAnything: true,
  requirements: [...requirements].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
});

/** Labels that must be equal: a Service's selector. Keys and values are not checked. */
export const matcherOfLabels = (labels: Labels | undefined): LabelMatcher =>
  matcherOf(equalities(labels));

/**
 * The matcher of a LabelSelector object. Absent selects nothing, empty selects everything.
 * @throws Error when an operator, key or value is not valid
 */
export function matcherOfSelector(selector: LabelSelector | undefined): LabelMatcher {
  if (selector === undefined) return nothing;
  const expressions = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => ({
    key,
    operator: expressionOperator(operator),
    values,
  }));
  const requirements = [...equalities(selector.matchLabels), ...expressions];
  requirements.forEach(validateRequirement);
  return matcherOf(requirements);
}

/** Whether a LabelSelector object matches; one that is not valid matches nothing. */
export function selectorMatches(selector: LabelSelector | undefined, labels: Labels | undefined) {
  const matcher = validMatcher(selector);
  return matcher !== undefined && matchesLabels(matcher, labels);
}

/** For a table cell: `a=b,c in (d)`, `<none>`, `<error>`. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  const matcher = validMatcher(selector);
  if (matcher === undefined) return "<error>";
  return formatLabelMatcher(matcher) || "<none>";
}

/** `a=b,c=d` in the order of keys; `<none>` when empty. */
export const formatLabels = (labels: Labels | undefined): string =>
  Object.keys(labels ?? {})
    .sort()
    .map((key) => `${key}=${labels![key]}`)
    .join(",") || "<none>";

function validMatcher(selector: LabelSelector | undefined): LabelMatcher | undefined {
  try {
    return matcherOfSelector(selector);
  } catch {
    // An invalid selector has no matcher: callers say so in their own way.
    return undefined;
  }
}

const equalities = (labels: Labels | undefined): Requirement[] =>
  Object.entries(labels ?? {}).map(([key, value]) => ({ key, operator: "=", values: [value] }));

const operators = new Map<string, RequirementOperator>([
  ["In", "in"],
  ["NotIn", "notin"],
  ["Exists", "exists"],
  ["DoesNotExist", "!"],
]);

function expressionOperator(name: string): RequirementOperator {
  const operator = operators.get(name);
  if (operator === undefined) {
    throw new Error(`${JSON.stringify(name)} is not a valid label selector operator`);
  }
  return operator;
}
