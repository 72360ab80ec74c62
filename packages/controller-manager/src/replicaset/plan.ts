// What a replica set lacks or has too much of.

import type { Pod, ReplicaSet } from "@kubonsai/api";
import { controllerReference } from "../ownership/controller-reference.ts";
import { podsToDelete } from "./ranking.ts";

/** More are not created or deleted in one go. */
const MOST_AT_ONCE = 500;

export interface ReplicasView {
  replicaSet: ReplicaSet;
  /** Its pods that have neither ended nor are on their way out. */
  active: readonly Pod[];
  /** Pods of all replica sets with the same owner; asked only when pods have to go. */
  related: () => readonly Pod[];
  nowMs: number;
}

export interface ReplicasPlan {
  create: number;
  remove: Pod[];
}

export function planReplicas({ replicaSet, active, related, nowMs }: ReplicasView): ReplicasPlan {
  const surplus = active.length - wantedReplicas(replicaSet);
  if (surplus < 0) return { create: Math.min(-surplus, MOST_AT_ONCE), remove: [] };
  if (surplus === 0) return { create: 0, remove: [] };
  const count = Math.min(surplus, MOST_AT_ONCE);
  return { create: 0, remove: podsToDelete(active, count, { related: related(), nowMs }) };
}

export const wantedReplicas = ({ spec }: ReplicaSet): number => spec.replicas ?? 1;

/** A pod of the set, to be named by the server. */
export function podFrom(replicaSet: ReplicaSet): Pod {
  const { metadata: template = {}, spec } = replicaSet.spec.template ?? {};
  const { labels, annotations, finalizers } = template;
  const { namespace, name } = replicaSet.metadata;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      generateName: `${name}-`,
      namespace,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(finalizers ? { finalizers } : {}),
      ownerReferences: [controllerReference(replicaSet)],
    },
    spec: spec ?? { containers: [] },
  };
}
