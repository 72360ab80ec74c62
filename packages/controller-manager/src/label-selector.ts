// Whether labels are what a selector asks for.

import type { LabelSelector, LabelSelectorRequirement } from "@kubonsai/api";

type Labels = { [name: string]: string } | undefined;

/** A selector that says nothing selects nothing here: no controller may own everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  if (Object.keys(matchLabels).length === 0 && matchExpressions.length === 0) return false;
  return hasLabels(matchLabels, labels) && matchExpressions.every((one) => matchesOne(one, labels));
}

/** Whether `labels` has all of `wanted`. */
export function hasLabels(wanted: { [name: string]: string }, labels: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => valueOf(labels, name) === value);
}

function matchesOne({ key, operator, values = [] }: LabelSelectorRequirement, labels: Labels) {
  const value = valueOf(labels, key);
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    default:
      return value === undefined; // DoesNotExist
  }
}

const valueOf = (labels: Labels, name: string): string | undefined =>
  labels && Object.hasOwn(labels, name) ? labels[name] : undefined;
