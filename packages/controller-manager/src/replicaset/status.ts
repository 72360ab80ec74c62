// What a replica set's status should say.
// @see kubernetes pkg/controller/replicaset/replica_set_utils.go calculateStatus

import type { Pod, ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from "@kubonsai/api";
import { secondsTimestamp } from "@kubonsai/client";
import { findCondition, withoutCondition } from "../conditions.ts";
import { hasLabels } from "../label-selector.ts";
import { availableInMs, isPodReady } from "../pods/pod-state.ts";
import { wantedReplicas } from "./plan.ts";

export interface StatusView {
  replicaSet: ReplicaSet;
  active: readonly Pod[];
  terminating: readonly Pod[];
  /** Why pods could not be created or deleted, where that is so. */
  failure?: string;
  nowMs: number;
}

const FAILURE = "ReplicaFailure";

/** The status wanted; undefined when what is stored says just that. */
export function planStatus(view: StatusView): ReplicaSetStatus | undefined {
  const { replicaSet, active, terminating, nowMs } = view;
  const minReadySeconds = replicaSet.spec.minReadySeconds ?? 0;
  const wantedLabels = replicaSet.spec.template?.metadata?.labels ?? {};
  const isAvailable = (pod: Pod) => availableInMs(pod, { minReadySeconds, nowMs }) === 0;
  const conditions = conditionsOf(view);
  const wanted: ReplicaSetStatus = {
    replicas: active.length,
    fullyLabeledReplicas: count(active, (pod) => hasLabels(wantedLabels, pod.metadata.labels)),
    readyReplicas: count(active, isPodReady),
    availableReplicas: count(active, isAvailable),
    terminatingReplicas: terminating.length,
    observedGeneration: replicaSet.metadata.generation ?? 0,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
  return isSaid(replicaSet.status, wanted) ? undefined : wanted;
}

/** Milliseconds until the next ready pod becomes available; undefined when none will. */
export function nextAvailableInMs(view: StatusView): number | undefined {
  const minReadySeconds = view.replicaSet.spec.minReadySeconds ?? 0;
  const waits = view.active
    .map((pod) => availableInMs(pod, { minReadySeconds, nowMs: view.nowMs }))
    .filter((wait) => wait !== undefined && wait > 0);
  return waits.length === 0 ? undefined : Math.min(...(waits as number[]));
}

function conditionsOf({ replicaSet, active, failure, nowMs }: StatusView): ReplicaSetCondition[] {
  const conditions = replicaSet.status?.conditions ?? [];
  if (failure === undefined) return withoutCondition(conditions, FAILURE);
  if (findCondition(conditions, FAILURE)) return conditions;
  const isShort = active.length < wantedReplicas(replicaSet);
  const condition = {
    type: FAILURE,
    status: "True",
    lastTransitionTime: secondsTimestamp(nowMs),
    reason: isShort ? "FailedCreate" : "FailedDelete",
    message: failure,
  };
  return [...conditions, condition];
}

function isSaid(current: ReplicaSetStatus | undefined, wanted: ReplicaSetStatus): boolean {
  const numbers = [
    "replicas",
    "fullyLabeledReplicas",
    "readyReplicas",
    "availableReplicas",
    "observedGeneration",
  ] as const;
  return (
    current !== undefined &&
    numbers.every((name) => (current[name] ?? 0) === wanted[name]) &&
    current.terminatingReplicas === wanted.terminatingReplicas &&
    JSON.stringify(current.conditions ?? []) === JSON.stringify(wanted.conditions ?? [])
  );
}

const count = (pods: readonly Pod[], is: (pod: Pod) => boolean) => pods.filter(is).length;
