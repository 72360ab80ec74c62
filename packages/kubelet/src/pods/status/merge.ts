// The last touch before a status is sent: others' conditions stay, and no pod is called ended while
// one of its containers may still run.
// @see kubernetes pkg/kubelet/status/status_manager.go mergePodStatus

import type { Pod, PodCondition, PodStatus } from "@kubonsai/api";
import { KUBELET_CONDITIONS, terminalCondition } from "./conditions.ts";
import { isTerminalPhase } from "./phase.ts";
import { observed } from "./pod-status.ts";
import { withTransitionTimes } from "./transition-times.ts";

export interface MergeOptions {
  mayHaveRunningContainers: boolean;
  /** For conditions that change only here. */
  now: string;
}

/** @param pod as the API has it now */
export function mergedStatus(pod: Pod, next: PodStatus, options: MergeOptions): PodStatus {
  const old: PodStatus = pod.status ?? {};
  const endsNow = !isTerminalPhase(old.phase) && isTerminalPhase(next.phase);
  const merged: PodStatus = { ...old, ...next };
  for (const name of ["reason", "message", "initContainerStatuses"] as const) {
    if (next[name] === undefined) delete merged[name];
  }
  merged.conditions = [
    ...(old.conditions ?? []).filter(({ type }) => !KUBELET_CONDITIONS.has(type)),
    ...(next.conditions ?? []).filter(({ type }) => KUBELET_CONDITIONS.has(type)),
  ];
  if (endsNow && options.mayHaveRunningContainers) keepEnding(merged, old);
  else if (endsNow) takeDisruption(merged, next);
  if (isTerminalPhase(merged.phase)) endReadiness(pod, merged, options.now);
  return merged;
}

function keepEnding(merged: PodStatus, old: PodStatus): void {
  merged.phase = old.phase ?? "Pending";
  for (const name of ["reason", "message"] as const) {
    if (old[name] === undefined) delete merged[name];
    else merged[name] = old[name];
  }
}

function takeDisruption(merged: PodStatus, next: PodStatus): void {
  const disruption = next.conditions?.find(({ type }) => type === "DisruptionTarget");
  if (!disruption) return;
  const others = (merged.conditions ?? []).filter(({ type }) => type !== "DisruptionTarget");
  merged.conditions = [disruption, ...others];
}

/** A pod that has ended is never ready. */
function endReadiness(pod: Pod, merged: PodStatus, now: string): void {
  const { phase, conditions = [] } = merged;
  if (!isTerminalPhase(phase)) return;
  const isReady = (condition: PodCondition) =>
    (condition.type === "Ready" || condition.type === "ContainersReady") &&
    condition.status === "True";
  if (!conditions.some(isReady)) return;
  const ended = conditions.map((condition) =>
    condition.type === "Ready" || condition.type === "ContainersReady"
      ? observed(pod, terminalCondition(condition.type, phase))
      : condition,
  );
  merged.conditions = withTransitionTimes(ended, conditions, now);
}
