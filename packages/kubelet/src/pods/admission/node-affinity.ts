// Node selector and required node affinity, as far as the node itself checks them.

import type { NodeSelectorRequirement, NodeSelectorTerm, Pod } from "@kubonsai/api";

export interface NodeTraits {
  name: string;
  labels: { readonly [name: string]: string };
}

export function matchesNode({ spec }: Pod, node: NodeTraits): boolean {
  for (const [name, value] of Object.entries(spec.nodeSelector ?? {})) {
    if (node.labels[name] !== value) return false;
  }
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || required.nodeSelectorTerms.some((term) => matchesTerm(term, node));
}

/** An empty term matches nothing. */
function matchesTerm(term: NodeSelectorTerm, { name, labels }: NodeTraits): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length + matchFields.length === 0) return false;
  const fields: NodeTraits["labels"] = { "metadata.name": name };
  return (
    matchExpressions.every((one) => matches(one, labels)) &&
    matchFields.every((one) => matches(one, fields))
  );
}

function matches(
  { key, operator, values = [] }: NodeSelectorRequirement,
  labels: NodeTraits["labels"],
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
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
      return value !== undefined && Number(value) > Number(values[0]);
    case "Lt":
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}
