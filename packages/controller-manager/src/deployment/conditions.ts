// A deployment's conditions: Available, Progressing, ReplicaFailure.
// @see kubernetes pkg/controller/deployment/progress.go

import type { Deployment, DeploymentCondition, DeploymentStatus } from "@kubonsai/api";
import { secondsTimestamp } from "@kubonsai/client";
import { findCondition, withoutCondition } from "../conditions.ts";
import type { Rollout } from "./rollout.ts";

export type Conditions = readonly DeploymentCondition[];

export interface News {
  type: "Available" | "Progressing" | "ReplicaFailure";
  status: "True" | "False" | "Unknown";
  reason: string;
  message: string;
}

const NO_DEADLINE = 2 ** 31 - 1;

/** The progress deadline in milliseconds, where the deployment has one. */
export function deadlineMs({ spec }: Deployment): number | undefined {
  const seconds = spec.progressDeadlineSeconds ?? NO_DEADLINE;
  return seconds === NO_DEADLINE ? undefined : seconds * 1000;
}

/** The same status for the same reason is no news, and keeps its old message. */
export function withNews(conditions: Conditions, news: News, nowMs: number): Conditions {
  const current = findCondition(conditions, news.type);
  if (current?.status === news.status && current.reason === news.reason) return conditions;
  return replaced(conditions, news, nowMs);
}

function replaced(conditions: Conditions, news: News, nowMs: number): Conditions {
  const current = findCondition(conditions, news.type);
  const now = secondsTimestamp(nowMs);
  const isSame = current?.status === news.status;
  const lastTransitionTime = isSame ? (current.lastTransitionTime ?? now) : now;
  const { type, status, reason, message } = news;
  const condition = { type, status, lastUpdateTime: now, lastTransitionTime, reason, message };
  return [...withoutCondition(conditions, type), condition];
}

const progressing = (status: News["status"], reason: string, message: string): News => ({
  type: "Progressing",
  status,
  reason,
  message,
});

/** Time spent paused does not count against the deadline. */
export function pauseNews(deployment: Deployment): News | undefined {
  if (deadlineMs(deployment) === undefined) return undefined;
  const reason = findCondition(deployment.status?.conditions, "Progressing")?.reason;
  if (reason === "ProgressDeadlineExceeded") return undefined;
  const saysPaused = reason === "DeploymentPaused";
  if (deployment.spec.paused && !saysPaused) {
    return progressing("Unknown", "DeploymentPaused", "Deployment is paused");
  }
  if (!deployment.spec.paused && saysPaused) {
    return progressing("Unknown", "DeploymentResumed", "Deployment is resumed");
  }
  return undefined;
}

export function newestNews(name: string, isCreated: boolean): News {
  return isCreated
    ? progressing("True", "NewReplicaSetCreated", `Created new replica set "${name}"`)
    : progressing("True", "FoundNewReplicaSet", `Found new replica set "${name}"`);
}

export function createErrorNews(name: string, message: string): News {
  const text = `Failed to create new replica set "${name}": ${message}`;
  return progressing("False", "ReplicaSetCreateError", text);
}

export function availabilityNews(rollout: Rollout): News {
  const { available, bounds } = rollout;
  const isEnough = available >= bounds.replicas - bounds.maxUnavailable;
  return {
    type: "Available",
    status: isEnough ? "True" : "False",
    reason: isEnough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
    message: isEnough
      ? "Deployment has minimum availability."
      : "Deployment does not have minimum availability.",
  };
}

/** All wanted pods are new and available, and there are no others. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const replicas = deployment.spec.replicas ?? 1;
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** What is to be said of a rollout's progress, given the status that it leads to. */
export function withProgress(
  rollout: Rollout,
  status: DeploymentStatus,
  nowMs: number,
): Conditions {
  const { deployment, newest } = rollout;
  const conditions = status.conditions ?? [];
  if (deadlineMs(deployment) === undefined) return withoutCondition(conditions, "Progressing");
  const current = findCondition(conditions, "Progressing");
  const isOver = current?.reason === "NewReplicaSetAvailable";
  if (isOver && (status.replicas ?? 0) === (status.updatedReplicas ?? 0)) return conditions;
  const subject = newest
    ? `ReplicaSet "${newest.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  if (isComplete(deployment, status)) {
    const message = `${subject} has successfully progressed.`;
    return withNews(conditions, progressing("True", "NewReplicaSetAvailable", message), nowMs);
  }
  if (hasProgressed(deployment.status, status)) {
    const message = `${subject} is progressing.`;
    return replaced(conditions, progressing("True", "ReplicaSetUpdated", message), nowMs);
  }
  if (isTimedOut(deployment, current, nowMs)) {
    const message = `${subject} has timed out progressing.`;
    return withNews(conditions, progressing("False", "ProgressDeadlineExceeded", message), nowMs);
  }
  return conditions;
}

/** More new pods, fewer old ones, more ready or available ones. */
function hasProgressed(before: DeploymentStatus = {}, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function isTimedOut(
  deployment: Deployment,
  current: DeploymentCondition | undefined,
  nowMs: number,
): boolean {
  if (!current || current.reason === "NewReplicaSetAvailable") return false;
  if (current.reason === "ProgressDeadlineExceeded") return true;
  return Date.parse(current.lastUpdateTime ?? "") + deadlineMs(deployment)! < nowMs;
}

/** Milliseconds until a rollout that stands still has to be judged; undefined when there is none. */
export function judgeInMs(
  deployment: Deployment,
  status: DeploymentStatus,
  nowMs: number,
): number | undefined {
  const limitMs = deadlineMs(deployment);
  const current = findCondition(status.conditions, "Progressing");
  if (limitMs === undefined || !current || isComplete(deployment, status)) return undefined;
  if (current.reason === "ProgressDeadlineExceeded") return undefined;
  // a second more, because timestamps have whole seconds
  return Math.max(0, Date.parse(current.lastUpdateTime ?? "") + limitMs - nowMs) + 1000;
}
