// The state of one deployment's rollout while its next steps are being decided, and the steps so far.

import type { Deployment, ReplicaSet } from "@kubonsai/api";
import { boundsOf, type Bounds } from "./bounds.ts";
import { findNew, hasAnnotations, sizeAnnotations } from "./revisions.ts";

export type Step =
  | { do: "create"; replicaSet: ReplicaSet }
  /** `from`: the size before. */
  | { do: "update"; replicaSet: ReplicaSet; from: number }
  | { do: "delete"; replicaSet: ReplicaSet };

export class Rollout {
  readonly deployment: Deployment;
  readonly bounds: Bounds;
  readonly steps: Step[] = [];
  /** The replica set with the deployment's template. */
  newest: ReplicaSet | undefined;
  old: ReplicaSet[];

  constructor(deployment: Deployment, replicaSets: readonly ReplicaSet[]) {
    this.deployment = deployment;
    this.bounds = boundsOf(deployment);
    this.newest = findNew(deployment, replicaSets);
    this.old = replicaSets.filter((one) => one !== this.newest);
  }

  get all(): ReplicaSet[] {
    return this.newest ? [...this.old, this.newest] : this.old;
  }

  get active(): ReplicaSet[] {
    return this.all.filter((one) => sizeOf(one) > 0);
  }

  /** Pods that all replica sets together ask for. */
  get totalSize(): number {
    return this.all.reduce((sum, one) => sum + sizeOf(one), 0);
  }

  get available(): number {
    return this.all.reduce((sum, one) => sum + availableOf(one), 0);
  }

  create(replicaSet: ReplicaSet): void {
    this.newest = replicaSet;
    this.steps.push({ do: "create", replicaSet });
  }

  /**
   * Gives a replica set another size, and notes the deployment's own in its annotations.
   * @returns whether the size changes
   */
  scale(replicaSet: ReplicaSet, size: number): boolean {
    const before = sizeOf(replicaSet);
    const sizes = sizeAnnotations(this.bounds);
    if (before === size && hasAnnotations(replicaSet, sizes)) return false;
    const { metadata, spec } = replicaSet;
    const wanted: ReplicaSet = {
      ...replicaSet,
      metadata: { ...metadata, annotations: { ...metadata.annotations, ...sizes } },
      spec: { ...spec, replicas: size },
    };
    this.update(replicaSet, wanted);
    return before !== size;
  }

  /** Replaces `before`; several updates of one replica set become one step. */
  update(before: ReplicaSet, wanted: ReplicaSet): void {
    if (this.newest === before) this.newest = wanted;
    this.old = this.old.map((one) => (one === before ? wanted : one));
    const known = this.steps.find((step) => step.replicaSet === before);
    if (known) known.replicaSet = wanted;
    else this.steps.push({ do: "update", replicaSet: wanted, from: sizeOf(before) });
  }
}

export const sizeOf = ({ spec }: ReplicaSet): number => spec.replicas ?? 1;
export const podsOf = ({ status }: ReplicaSet): number => status?.replicas ?? 0;
export const readyOf = ({ status }: ReplicaSet): number => status?.readyReplicas ?? 0;
export const availableOf = ({ status }: ReplicaSet): number => status?.availableReplicas ?? 0;
