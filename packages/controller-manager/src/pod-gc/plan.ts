// Pods that nobody else will ever remove.
// @see kubernetes pkg/controller/podgc

import type { Node, Pod } from "@kubonsai/api";
import { findCondition } from "../conditions.ts";
import { isPodTerminal } from "../pods/pod-state.ts";

const OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
/** More pods that have ended are not kept. */
const MOST_TERMINATED = 12_500;
/** A node may be missing from our copy for a moment; so long nothing is concluded from it. */
const QUARANTINE_MS = 40_000;

export interface PodsView {
  pods: readonly Pod[];
  nodeOf: (name: string) => Node | undefined;
  /** node → since when pods name it although it is not there; kept between looks */
  missingSinceMs: Map<string, number>;
  nowMs: number;
}

export interface Doomed {
  pod: Pod;
  why: "terminated" | "outOfService" | "orphaned" | "unscheduled";
}

export function planPodGc(view: PodsView): Doomed[] {
  const { pods } = view;
  const doomed = new Map<Pod, Doomed["why"]>();
  for (const pod of surplusTerminated(pods)) doomed.set(pod, "terminated");
  for (const pod of pods) if (isOutOfService(pod, view)) doomed.set(pod, "outOfService");
  for (const pod of orphaned(view)) doomed.set(pod, "orphaned");
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp && !pod.spec.nodeName) doomed.set(pod, "unscheduled");
  }
  return [...doomed].map(([pod, why]) => ({ pod, why }));
}

function surplusTerminated(pods: readonly Pod[]): Pod[] {
  const terminated = pods.filter(isPodTerminal);
  if (terminated.length <= MOST_TERMINATED) return [];
  return terminated.sort(evictedThenOldest).slice(0, terminated.length - MOST_TERMINATED);
}

function evictedThenOldest(a: Pod, b: Pod): number {
  const [first, second] = [a, b].map((pod) => (pod.status?.reason === "Evicted" ? 0 : 1));
  if (first !== second) return first! - second!;
  return (a.metadata.creationTimestamp ?? "") < (b.metadata.creationTimestamp ?? "") ? -1 : 1;
}

/** The user says of a node that it is off: its pods need not confirm their end. */
function isOutOfService({ metadata, spec }: Pod, { nodeOf }: PodsView): boolean {
  const node = metadata.deletionTimestamp ? nodeOf(spec.nodeName ?? "") : undefined;
  if (!node) return false;
  const isReady = findCondition(node.status?.conditions, "Ready")?.status === "True";
  return !isReady && (node.spec?.taints ?? []).some(({ key }) => key === OUT_OF_SERVICE);
}

function orphaned({ pods, nodeOf, missingSinceMs, nowMs }: PodsView): Pod[] {
  const nodeless = pods.filter(({ spec }) => spec.nodeName && !nodeOf(spec.nodeName));
  const missing = new Set(nodeless.map(({ spec }) => spec.nodeName!));
  for (const name of missingSinceMs.keys()) if (!missing.has(name)) missingSinceMs.delete(name);
  for (const name of missing) if (!missingSinceMs.has(name)) missingSinceMs.set(name, nowMs);
  return nodeless.filter(
    ({ spec }) => nowMs - missingSinceMs.get(spec.nodeName!)! >= QUARANTINE_MS,
  );
}
