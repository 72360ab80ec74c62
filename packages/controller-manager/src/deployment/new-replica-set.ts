// The replica set for a deployment's present template: found and brought up to date, or made.
// @see kubernetes pkg/controller/deployment/sync.go getNewReplicaSet

import type { Deployment, ReplicaSet } from "@kubonsai/api";
import { isDeepStrictEqual } from "node:util";
import { controllerReference } from "../ownership/controller-reference.ts";
import { newAnnotations, nextRevision, sizeAnnotations } from "./revisions.ts";
import { sizeOfNew } from "./rolling-update.ts";
import type { Rollout } from "./rollout.ts";
import { TEMPLATE_HASH_LABEL, templateHash } from "./template.ts";

const LONGEST_NAME = 253;

/** Copies the deployment's annotations and minReadySeconds to it, and gives it the last revision. */
export function refreshNew(rollout: Rollout): void {
  const { newest, deployment, old } = rollout;
  if (!newest) return;
  const current = newest.metadata.annotations ?? {};
  const annotations = newAnnotations(deployment, current, nextRevision(old));
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  const isCurrent =
    isDeepStrictEqual(annotations, current) &&
    (newest.spec.minReadySeconds ?? 0) === minReadySeconds;
  if (isCurrent) return;
  const metadata = { ...newest.metadata, annotations };
  rollout.update(newest, { ...newest, metadata, spec: { ...newest.spec, minReadySeconds } });
}

export function createNew(rollout: Rollout): void {
  const { deployment, bounds, old } = rollout;
  const isRecreate = deployment.spec.strategy?.type === "Recreate";
  const size = isRecreate ? bounds.replicas : sizeOfNew(rollout, 0);
  const annotations = {
    ...newAnnotations(deployment, {}, nextRevision(old)),
    ...sizeAnnotations(bounds),
  };
  rollout.create(replicaSetFor(deployment, { size, annotations }));
}

function replicaSetFor(
  deployment: Deployment,
  { size, annotations }: { size: number; annotations: { [name: string]: string } },
): ReplicaSet {
  const { spec, status, metadata } = deployment;
  const hash = templateHash(spec.template, status?.collisionCount);
  const hashLabel = { [TEMPLATE_HASH_LABEL]: hash };
  const labels = { ...spec.template.metadata?.labels, ...hashLabel };
  const matchLabels = { ...spec.selector.matchLabels, ...hashLabel };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${(metadata.name ?? "").slice(0, LONGEST_NAME - hash.length - 1)}-${hash}`,
      namespace: metadata.namespace,
      labels,
      annotations,
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: size,
      ...(spec.minReadySeconds ? { minReadySeconds: spec.minReadySeconds } : {}),
      selector: { ...spec.selector, matchLabels },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
  };
}
