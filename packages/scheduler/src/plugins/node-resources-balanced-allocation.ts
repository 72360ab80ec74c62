// Prefers nodes whose cpu and memory are used to the same degree once the pod is there. Pods that
// request neither have no say, or they would all go to one node.
// @see kubernetes pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go

import type { NodeInfo } from "../nodes/node-info.ts";
import type { PodDemand } from "../pods/pod-demand.ts";
import { BEST_SCORE, type Plugin } from "./plugin.ts";

const BALANCED = ["cpu", "memory"] as const;

export const nodeResourcesBalancedAllocation: Plugin = {
  name: "NodeResourcesBalancedAllocation",
  preference: {
    weight: 1,
    applies: ({ requests }) => BALANCED.some((resource) => (requests.get(resource) ?? 0) > 0),
    score({ requests }, node) {
      const after = balance(node, requests);
      const before = balance(node, new Map());
      // half the scale for the balance as it is, half for what the pod makes of it: 75 is neutral
      return BEST_SCORE / 2 + Math.trunc((BEST_SCORE / 2 + after - before) / 2);
    },
  },
};

/** 100 when all resources are used to the same degree, 50 when one is full and the other empty. */
function balance(node: NodeInfo, added: PodDemand["requests"]): number {
  const used = BALANCED.flatMap((resource) => {
    const capacity = node.allocatable.get(resource) ?? 0;
    if (capacity === 0) return [];
    const amount = (node.requested.get(resource) ?? 0) + (added.get(resource) ?? 0);
    return [Math.min(1, amount / capacity)];
  });
  const [first, second] = used;
  const deviation = first !== undefined && second !== undefined ? Math.abs(first - second) / 2 : 0;
  return Math.trunc((1 - deviation) * BEST_SCORE);
}
