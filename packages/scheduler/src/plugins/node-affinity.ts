// Node selector and node affinity: what a pod asks of the labels of its node.

import type { NodeSelectorTerm, Pod } from "@kubonsai/api";
import { hasLabels, matchesAnyTerm, matchesTerm, namesAllowedBy } from "./node-selector.ts";
import { impossible, type Plugin } from "./plugin.ts";

export const nodeAffinity: Plugin = {
  name: "NodeAffinity",
  narrow({ pod }) {
    const terms = requiredTerms(pod) ?? [];
    const allowed = terms.map(namesAllowedBy);
    // alternatives: one that leaves the name open leaves all nodes open
    if (terms.length === 0 || allowed.includes(undefined)) return undefined;
    const names = new Set(allowed.flatMap((one) => [...(one ?? [])]));
    return names.size > 0 ? names : impossible("pod affinity terms conflict");
  },
  filter({ pod }, { node }) {
    const terms = requiredTerms(pod);
    const isMatch =
      hasLabels(node, pod.spec.nodeSelector ?? {}) && (!terms || matchesAnyTerm(terms, node));
    return isMatch ? undefined : impossible("node(s) didn't match Pod's node affinity/selector");
  },
  preference: {
    weight: 2,
    normalise: "plain",
    applies: ({ pod }) => preferredTerms(pod).length > 0,
    score({ pod }, { node }) {
      const matched = preferredTerms(pod).filter(({ preference }) => matchesTerm(preference, node));
      return matched.reduce((sum, { weight }) => sum + weight, 0);
    },
  },
};

const requiredTerms = ({ spec }: Pod): NodeSelectorTerm[] | undefined =>
  spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;

const preferredTerms = ({ spec }: Pod) =>
  spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
