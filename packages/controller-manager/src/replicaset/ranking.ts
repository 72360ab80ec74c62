// Which pods of a replica set go first when it shrinks: those that are missed least.
// @see kubernetes pkg/controller/controller_utils.go ActivePodsWithRanks

import type { Pod } from "@kubonsai/api";
import { isPodActive, isPodReady, readySinceMs } from "../pods/pod-state.ts";

const PHASE_ORDER: { [phase: string]: number } = { Pending: 0, Unknown: 1, Running: 2 };
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

/**
 * The `count` pods to delete.
 * @param related all pods of the owner's owner: nodes with many of them give up pods first
 */
export function podsToDelete(
  pods: readonly Pod[],
  count: number,
  { related, nowMs }: { related: readonly Pod[]; nowMs: number },
): Pod[] {
  if (count >= pods.length) return [...pods];
  const crowd = podsPerNode(related);
  const ranks = pods.map((pod) => rank(pod, crowd, nowMs));
  return ranks
    .sort(comesFirst)
    .slice(0, count)
    .map(({ pod }) => pod);
}

interface Rank {
  pod: Pod;
  /** Compared in order; smaller goes first. */
  keys: (number | string)[];
}

function rank(pod: Pod, crowd: Map<string, number>, nowMs: number): Rank {
  const isReady = isPodReady(pod);
  const node = pod.spec.nodeName ?? "";
  return {
    pod,
    keys: [
      node === "" ? 0 : 1,
      PHASE_ORDER[pod.status?.phase ?? "Pending"] ?? 0,
      isReady ? 1 : 0,
      Number.parseInt(pod.metadata.annotations?.[DELETION_COST] ?? "0", 10) || 0,
      -(crowd.get(node) ?? 0),
      isReady ? ageClass(readySinceMs(pod), nowMs) : 0,
      -mostRestarts(pod),
      ageClass(Date.parse(pod.metadata.creationTimestamp ?? ""), nowMs),
      pod.metadata.uid ?? "",
    ],
  };
}

function comesFirst(a: Rank, b: Rank): number {
  for (const [i, key] of a.keys.entries()) {
    const other = b.keys[i]!;
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}

/** Ages are told apart by powers of two only, so that the youngest does not always lose. */
function ageClass(sinceMs: number | undefined, nowMs: number): number {
  const ageNanos = (nowMs - (sinceMs || 0)) * 1e6;
  return ageNanos > 0 ? Math.floor(Math.log2(ageNanos)) : -1;
}

function mostRestarts(pod: Pod): number {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const counts = [...initContainerStatuses, ...containerStatuses].map((one) => one.restartCount);
  return Math.max(0, ...counts);
}

function podsPerNode(pods: readonly Pod[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    if (!isPodActive(pod)) continue;
    const node = pod.spec.nodeName ?? "";
    counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return counts;
}
