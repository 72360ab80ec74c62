// Why a pod found no node, in the words that users know.
// @see kubernetes pkg/scheduler/framework/types.go FitError, framework/preemption/preemption.go

import type { Rejection } from "../plugins/plugin.ts";
import type { PodDemand } from "../pods/pod-demand.ts";

export interface Failure {
  message: string;
  /** There was no node at all: the first one makes another try worth while, fit or not. */
  sawNoNodes: boolean;
}

/** All nodes were looked at, or left out beforehand by the plugins in `narrowing`. */
interface NodeByNode {
  rejections: readonly Rejection[];
  narrowing: readonly string[];
}

/** A plugin knew before looking at any node. */
interface Beforehand {
  reasons: readonly string[];
}

export const noNodes = (): Failure => ({
  message: "no nodes available to schedule pods",
  sawNoNodes: true,
});

export function unfit(pod: PodDemand, total: number, why: NodeByNode | Beforehand): Failure {
  const rejections = "rejections" in why ? why.rejections : [];
  const reasons = "rejections" in why ? histogram(told(why, total)) : why.reasons.join(", ");
  const message = `${available(total)} ${reasons}. ${otherWays(pod, total, rejections)}`;
  return { message, sawNoNodes: false };
}

/** Every reason of every node. */
function told({ rejections, narrowing }: NodeByNode, total: number): string[] {
  const leftOut = `node(s) didn't satisfy plugin(s) [${[...narrowing].sort().join(" ")}]`;
  const absent = Array.from({ length: total - rejections.length }, () => leftOut);
  return [...rejections.flatMap(({ reasons }) => reasons), ...absent];
}

/**
 * What else could make room, in the order in which it is tried: devices given back (no pod claims
 * any here), then other pods taken away (no victims are looked for yet).
 * @see kubernetes pkg/scheduler/apis/config/v1/default_plugins.go applyDynamicResources
 */
function otherWays(pod: PodDemand, total: number, rejections: readonly Rejection[]): string {
  return `no new claims to deallocate, ${preemption(pod, total, rejections)}`;
}

function preemption(pod: PodDemand, total: number, rejections: readonly Rejection[]): string {
  if (pod.pod.spec.preemptionPolicy === "Never") {
    return "preemption: not eligible due to preemptionPolicy=Never.";
  }
  const resolvable = rejections.filter(({ isResolvable }) => isResolvable).length;
  const reasons = [
    ...Array.from({ length: resolvable }, () => "No preemption victims found for incoming pod"),
    ...Array.from({ length: total - resolvable }, () => "Preemption is not helpful for scheduling"),
  ];
  return `preemption: ${available(total)} ${histogram(reasons)}.`;
}

const available = (total: number): string => `0/${total} nodes are available:`;

/** `1 Insufficient cpu, 2 node(s) were unschedulable`: counted, then sorted as text. */
function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ");
}
