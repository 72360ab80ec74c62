// Reading and changing the conditions of a pod, and whether a pod is ready, done or going.

import type { Pod } from "../messages/core/v1/pod.ts";
import type { PodCondition, PodStatus } from "../messages/core/v1/pod-status.ts";

export const findPodCondition = (pod: Pod, type: string): PodCondition | undefined =>
  pod.status?.conditions?.find((one) => one.type === type);

export const hasTrueCondition = (pod: Pod, type: string): boolean =>
  findPodCondition(pod, type)?.status === "True";

export const isPodReady = (pod: Pod): boolean => hasTrueCondition(pod, "Ready");

/** Whether all containers have ended for good. */
export const isPodTerminal = (pod: Pod): boolean =>
  pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";

/** Neither finished nor being deleted. */
export const isPodActive = (pod: Pod): boolean =>
  !isPodTerminal(pod) && !pod.metadata.deletionTimestamp;

/** Ready for at least `minReadySeconds`. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
  const ready = findPodCondition(pod, "Ready");
  if (ready?.status !== "True") return false;
  if (minReadySeconds === 0) return true;
  if (!ready.lastTransitionTime) return false;
  return Date.parse(ready.lastTransitionTime) + minReadySeconds * 1000 <= nowMs;
}

/**
 * Puts `condition` in the place of the one of its type, or at the end. The transition time is kept
 * where the status stays the same.
 * @returns whether anything changed
 */
export function setPodCondition(status: PodStatus, condition: PodCondition): boolean {
  const conditions = (status.conditions ??= []);
  const index = conditions.findIndex((one) => one.type === condition.type);
  const old = conditions[index];
  if (old === undefined) {
    conditions.push(condition);
    return true;
  }
  const isSameStatus = old.status === condition.status;
  const wanted = { ...condition };
  if (isSameStatus && old.lastTransitionTime) wanted.lastTransitionTime = old.lastTransitionTime;
  conditions[index] = wanted;
  const members = ["status", "reason", "message", "lastProbeTime", "observedGeneration"] as const;
  return (
    members.some((member) => (old[member] ?? "") !== (wanted[member] ?? "")) ||
    old.lastTransitionTime !== wanted.lastTransitionTime
  );
}
