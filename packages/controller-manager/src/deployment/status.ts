// What a deployment's status should say.
// @see kubernetes pkg/controller/deployment/sync.go calculateStatus

import { isDeepStrictEqual } from "node:util";
import type { DeploymentCondition, DeploymentStatus, ReplicaSet } from "@kubonsai/api";
import { findCondition, withoutCondition } from "../conditions.ts";
import { availabilityNews, withNews, withProgress, type Conditions } from "./conditions.ts";
import { podsOf, readyOf, type Rollout } from "./rollout.ts";

export interface StatusQuery {
  /** As they are before this status; may hold news already. */
  conditions: Conditions;
  /** False while paused, scaled or deleted: then nobody asks how the rollout gets on. */
  judgesProgress: boolean;
  nowMs: number;
}

export function statusOf(
  rollout: Rollout,
  { conditions, judgesProgress, nowMs }: StatusQuery,
): DeploymentStatus {
  const status = counts(rollout);
  status.conditions = [...withNews(conditions, availabilityNews(rollout), nowMs)];
  if (!judgesProgress) return status;
  status.conditions = [...withProgress(rollout, status, nowMs)];
  status.conditions = withFailure(status.conditions, rollout);
  return status;
}

function counts(rollout: Rollout): DeploymentStatus {
  const { deployment, all, newest, available, totalSize } = rollout;
  const { collisionCount } = deployment.status ?? {};
  const terminatingReplicas = terminating(all);
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: sum(all, podsOf),
    updatedReplicas: newest ? podsOf(newest) : 0,
    readyReplicas: sum(all, readyOf),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, totalSize - available),
    ...(terminatingReplicas === undefined ? {} : { terminatingReplicas }),
    ...(collisionCount === undefined ? {} : { collisionCount }),
  };
}

/** Unknown as long as one replica set does not say. */
function terminating(replicaSets: readonly ReplicaSet[]): number | undefined {
  let total = 0;
  for (const { status } of replicaSets) {
    if (!status?.observedGeneration && status?.terminatingReplicas === undefined) continue;
    if (status.terminatingReplicas === undefined) return undefined;
    total += status.terminatingReplicas;
  }
  return total;
}

/** A replica set's failure is the deployment's, the newest one's before others'. */
function withFailure(conditions: Conditions, { newest, all }: Rollout): DeploymentCondition[] {
  const others = withoutCondition(conditions, "ReplicaFailure");
  const failures = [newest, ...all].map((one) =>
    findCondition(one?.status?.conditions, "ReplicaFailure"),
  );
  const failure = failures.find((one) => one !== undefined);
  if (!failure) return others;
  const current = findCondition(conditions, "ReplicaFailure");
  if (current?.status === failure.status && current.reason === failure.reason) {
    return [...conditions];
  }
  const { type, status, reason, message, lastTransitionTime } = failure;
  const times = { lastUpdateTime: lastTransitionTime, lastTransitionTime };
  return [...others, { type, status, ...times, reason, message }];
}

/** Whether two statuses say the same; absent numbers are 0. */
export function isSameStatus(a: DeploymentStatus | undefined, b: DeploymentStatus): boolean {
  return a !== undefined && isDeepStrictEqual(withoutZeros(a), withoutZeros(b));
}

function withoutZeros(status: DeploymentStatus): object {
  return Object.fromEntries(
    Object.entries(status)
      .filter(([name, value]) => name === "terminatingReplicas" || value !== 0)
      .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
      .sort(([first], [second]) => (first < second ? -1 : 1)),
  );
}

const sum = (replicaSets: readonly ReplicaSet[], of: (one: ReplicaSet) => number) =>
  replicaSets.reduce((total, one) => total + of(one), 0);
