// A node must have room for what the pod requests, and the emptier of two is the better.
// @see kubernetes pkg/scheduler/framework/plugins/noderesources/fit.go, least_allocated.go

import type { NodeInfo } from "../nodes/node-info.ts";
import type { PodDemand } from "../pods/pod-demand.ts";
import { BEST_SCORE, type Plugin, type Rejection } from "./plugin.ts";

const WEIGHED = ["cpu", "memory"] as const;

export const nodeResourcesFit: Plugin = {
  name: "NodeResourcesFit",
  filter: fit,
  preference: { weight: 1, score: leastAllocated },
};

function fit({ requests }: PodDemand, node: NodeInfo): Rejection | undefined {
  const { allocatable, requested } = node;
  const reasons: string[] = [];
  let isResolvable = true;
  if (node.podCount + 1 > (allocatable.get("pods") ?? 0)) reasons.push("Too many pods");
  for (const [resource, amount] of requests) {
    const capacity = allocatable.get(resource) ?? 0;
    if (amount === 0 || amount <= capacity - (requested.get(resource) ?? 0)) continue;
    reasons.push(`Insufficient ${resource}`);
    if (amount > capacity) isResolvable = false;
  }
  return reasons.length > 0 ? { reasons, isResolvable } : undefined;
}

function leastAllocated({ weighed }: PodDemand, node: NodeInfo): number {
  const scores: number[] = [];
  for (const resource of WEIGHED) {
    const capacity = node.allocatable.get(resource) ?? 0;
    if (capacity === 0) continue;
    const used = (node.weighed.get(resource) ?? 0) + (weighed.get(resource) ?? 0);
    const free = Math.max(0, capacity - used);
    scores.push(Math.floor((free * BEST_SCORE) / capacity));
  }
  if (scores.length === 0) return 0;
  return Math.floor(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}
