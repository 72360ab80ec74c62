// What the API makes of a pod before it is validated and stored.
// @see kubernetes pkg/registry/core/pod/strategy.go

import type { Pod } from "../messages/core/v1/pod.ts";
import type { PodAffinityTerm } from "../messages/core/v1/affinity.ts";
import type { LabelSelector } from "../metadata/label-selector.ts";
import { setPodCondition } from "../pod/conditions.ts";
import { qosClassOf } from "../pod/qos-class.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import { countGeneration, keepSpec, keepStatus } from "./status.ts";

export function preparePodForCreate(pod: Pod): void {
  pod.metadata.generation = 1;
  pod.status = { phase: "Pending", qosClass: qosClassOf(pod.spec) };
  if ((pod.spec.schedulingGates ?? []).length > 0) {
    setPodCondition(pod.status, {
      type: "PodScheduled",
      status: "False",
      reason: "SchedulingGated",
      message: "Scheduling is blocked due to non-empty scheduling gates",
    });
  }
  applyLabelKeys(pod);
}

export function preparePodForUpdate(pod: Pod, old: Pod): void {
  keepStatus(pod, old);
  countGeneration(pod, old, !semanticEqual(pod.spec, old.spec));
}

export function preparePodForStatusUpdate(pod: Pod, old: Pod): void {
  keepSpec(pod, old);
  // A pod being deleted stays so, and kubelets may not touch who owns it.
  for (const member of ["deletionTimestamp", "ownerReferences", "generation"] as const) {
    const value = old.metadata[member];
    if (value === undefined) delete pod.metadata[member];
    else Object.assign(pod.metadata, { [member]: value });
  }
  const qosClass = old.status?.qosClass;
  if (pod.status !== undefined && qosClass !== undefined) pod.status.qosClass ||= qosClass;
  keepObservedGenerations(pod, old);
}

/** Writers that do not know `observedGeneration` leave it as it was. */
function keepObservedGenerations({ status }: Pod, old: Pod): void {
  const observed = old.status?.observedGeneration;
  if (status !== undefined && observed !== undefined) status.observedGeneration ||= observed;
  const left = [...(old.status?.conditions ?? [])];
  for (const condition of status?.conditions ?? []) {
    const index = left.findIndex(({ type }) => type === condition.type);
    const [before] = index === -1 ? [] : left.splice(index, 1);
    if (before?.observedGeneration) condition.observedGeneration ||= before.observedGeneration;
  }
}

/** `matchLabelKeys`: the pod's own values of these labels become part of the selector. */
function applyLabelKeys(pod: Pod): void {
  const labels = pod.metadata.labels ?? {};
  for (const term of affinityTerms(pod)) {
    if (!term.labelSelector) continue;
    addExpressions(term.labelSelector, term.matchLabelKeys, "In", labels);
    addExpressions(term.labelSelector, term.mismatchLabelKeys, "NotIn", labels);
  }
  for (const { labelSelector, matchLabelKeys } of pod.spec.topologySpreadConstraints ?? []) {
    if (labelSelector) addExpressions(labelSelector, matchLabelKeys, "In", labels);
  }
}

function affinityTerms({ spec: { affinity } }: Pod): PodAffinityTerm[] {
  return [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((one) => [
    ...(one?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((w) => w.podAffinityTerm),
    ...(one?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
  ]);
}

function addExpressions(
  selector: LabelSelector,
  keys: readonly string[] | undefined,
  operator: "In" | "NotIn",
  labels: { [key: string]: string },
): void {
  for (const key of keys ?? []) {
    if (!Object.hasOwn(labels, key)) continue;
    selector.matchExpressions ??= [];
    selector.matchExpressions.push({ key, operator, values: [labels[key]!] });
  }
}
