// What a deployment's replica sets should become next, and what its status should say then.
// @see kubernetes pkg/controller/deployment/deployment_controller.go syncDeployment

import type { Deployment, Pod, ReplicaSet } from "@kubonsai/api";
import { findCondition } from "../conditions.ts";
import {
  deadlineMs,
  isComplete,
  judgeInMs,
  newestNews,
  pauseNews,
  withNews,
  type Conditions,
} from "./conditions.ts";
import { createNew, refreshNew } from "./new-replica-set.ts";
import { dropOld } from "./recreate.ts";
import { byRevision, REVISION } from "./revisions.ts";
import { podsOf, Rollout, sizeOf, type Step } from "./rollout.ts";
import { rollUpdate } from "./rolling-update.ts";
import { isScaling, scaleAll } from "./scaling.ts";
import { isSameStatus, statusOf } from "./status.ts";

export interface DeploymentView {
  deployment: Deployment;
  /** Those that it owns. */
  replicaSets: readonly ReplicaSet[];
  podsOfSet: (replicaSet: ReplicaSet) => readonly Pod[];
  nowMs: number;
}

export interface DeploymentPlan {
  steps: Step[];
  /** The deployment with the status (and revision) to write; undefined when all is said. */
  write?: Deployment;
  /** When to look again although nothing changed. */
  againInMs?: number;
}

export function planDeployment(view: DeploymentView): DeploymentPlan {
  const { deployment } = view;
  const rollout = new Rollout(deployment, view.replicaSets);
  if (deployment.metadata.deletionTimestamp) return finish(rollout, view, false);
  refreshNew(rollout);
  if (deployment.spec.paused || isScaling(rollout)) {
    scaleAll(rollout);
    if (deployment.spec.paused) cleanUp(rollout);
    return finish(rollout, view, false);
  }
  if (deployment.spec.strategy?.type === "Recreate") recreate(rollout, view);
  else {
    if (!rollout.newest) createNew(rollout);
    rollUpdate(rollout);
  }
  if (isComplete(deployment, deployment.status ?? {})) cleanUp(rollout);
  return finish(rollout, view, true);
}

function recreate(rollout: Rollout, { podsOfSet }: DeploymentView): void {
  if (!dropOld(rollout, podsOfSet)) return;
  if (!rollout.newest) createNew(rollout);
  else rollout.scale(rollout.newest, rollout.bounds.replicas);
}

/** Deletes the oldest revisions beyond the history limit. */
function cleanUp(rollout: Rollout): void {
  const limit = rollout.deployment.spec.revisionHistoryLimit ?? 2 ** 31 - 1;
  const living = rollout.old.filter(({ metadata }) => !metadata.deletionTimestamp);
  const surplus = living.length - limit;
  if (surplus <= 0) return;
  for (const replicaSet of byRevision(living).slice(0, surplus)) {
    if (isSpent(replicaSet)) rollout.steps.push({ do: "delete", replicaSet });
  }
}

function isSpent(replicaSet: ReplicaSet): boolean {
  const { metadata, status } = replicaSet;
  const isObserved = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  return isObserved && sizeOf(replicaSet) === 0 && podsOf(replicaSet) === 0;
}

function finish(
  rollout: Rollout,
  { deployment, nowMs }: DeploymentView,
  judgesProgress: boolean,
): DeploymentPlan {
  const conditions = conditionsBefore(rollout, nowMs);
  const status = statusOf(rollout, { conditions, judgesProgress, nowMs });
  const written = withRevision({ ...deployment, status }, rollout);
  const isSaid =
    written.metadata === deployment.metadata && isSameStatus(deployment.status, status);
  const againInMs = judgesProgress ? judgeInMs(deployment, status, nowMs) : undefined;
  return {
    steps: rollout.steps,
    ...(isSaid ? {} : { write: written }),
    ...(againInMs === undefined ? {} : { againInMs }),
  };
}

/** With what is known before progress is judged: paused, resumed, new replica set. */
function conditionsBefore({ deployment, newest, steps }: Rollout, nowMs: number): Conditions {
  let conditions: Conditions = deployment.status?.conditions ?? [];
  if (deployment.metadata.deletionTimestamp) return conditions;
  const pause = pauseNews(deployment);
  if (pause) conditions = withNews(conditions, pause, nowMs);
  if (!newest || deadlineMs(deployment) === undefined) return conditions;
  const isCreated = steps.some((step) => step.do === "create");
  if (!isCreated && findCondition(conditions, "Progressing")) return conditions;
  return withNews(conditions, newestNews(newest.metadata.name ?? "", isCreated), nowMs);
}

/** The deployment's revision is its newest replica set's. */
function withRevision(deployment: Deployment, { newest }: Rollout): Deployment {
  const revision = newest?.metadata.annotations?.[REVISION];
  const { annotations } = deployment.metadata;
  if (revision === undefined || annotations?.[REVISION] === revision) return deployment;
  const metadata = {
    ...deployment.metadata,
    annotations: { ...annotations, [REVISION]: revision },
  };
  return { ...deployment, metadata };
}
