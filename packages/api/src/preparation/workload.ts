// What the API makes of deployments and replica sets before they are validated and stored.
// @see kubernetes pkg/registry/apps/deployment/strategy.go

import { semanticEqual } from "../equality/semantic-equal.ts";
import type { Deployment } from "../messages/apps/v1/deployment.ts";
import type { ReplicaSet } from "../messages/apps/v1/replica-set.ts";
import { countGeneration, isSpecChanged, keepSpec, keepStatus } from "./status.ts";

export function prepareDeploymentForCreate(deployment: Deployment): void {
  deployment.status = {};
  deployment.metadata.generation = 1;
}

/** Annotations count as well: they are copied to the replica sets. */
export function prepareDeploymentForUpdate(deployment: Deployment, old: Deployment): void {
  keepStatus(deployment, old);
  const isAnnotated = !semanticEqual(
    deployment.metadata.annotations ?? {},
    old.metadata.annotations ?? {},
  );
  countGeneration(deployment, old, isAnnotated || isSpecChanged(deployment, old));
}

export function prepareDeploymentForStatusUpdate(deployment: Deployment, old: Deployment): void {
  keepSpec(deployment, old);
  countGeneration(deployment, old, false);
  if (old.metadata.labels === undefined) delete deployment.metadata.labels;
  else deployment.metadata.labels = old.metadata.labels;
}

export function prepareReplicaSetForCreate(replicaSet: ReplicaSet): void {
  replicaSet.status = { replicas: 0 };
  replicaSet.metadata.generation = 1;
}

export function prepareReplicaSetForUpdate(replicaSet: ReplicaSet, old: ReplicaSet): void {
  keepStatus(replicaSet, old);
  countGeneration(replicaSet, old, isSpecChanged(replicaSet, old));
}

export function prepareReplicaSetForStatusUpdate(replicaSet: ReplicaSet, old: ReplicaSet): void {
  keepSpec(replicaSet, old);
  countGeneration(replicaSet, old, false);
}
