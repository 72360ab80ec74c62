// The deployment got another size, or is paused: sizes change, the rollout does not go on.
// @see kubernetes pkg/controller/deployment/sync.go scale

import type { ReplicaSet } from "@kubonsai/api";
import { compareAge, DESIRED_REPLICAS, MAX_REPLICAS } from "./revisions.ts";
import { availableOf, sizeOf, type Rollout } from "./rollout.ts";

/** Whether an active replica set was sized for another number of replicas. */
export function isScaling({ active, bounds }: Rollout): boolean {
  return active.some(({ metadata }) => {
    const desired = metadata.annotations?.[DESIRED_REPLICAS];
    return desired !== undefined && desired !== String(bounds.replicas);
  });
}

export function scaleAll(rollout: Rollout): void {
  const { active, newest, old, bounds, deployment } = rollout;
  if (active.length <= 1) {
    const only = active[0] ?? newest ?? [...old].sort(compareAge).at(-1);
    if (only) rollout.scale(only, bounds.replicas);
  } else if (newest && isSaturated(newest, bounds.replicas)) {
    for (const one of active) if (one !== newest) rollout.scale(one, 0);
  } else if (deployment.spec.strategy?.type !== "Recreate") {
    scaleInProportion(rollout);
  }
}

/** It has, knows of, and can serve with all the pods that are wanted. */
function isSaturated(newest: ReplicaSet, replicas: number): boolean {
  return (
    sizeOf(newest) === replicas &&
    newest.metadata.annotations?.[DESIRED_REPLICAS] === String(replicas) &&
    availableOf(newest) === replicas
  );
}

/**
 * In the middle of a rollout every replica set takes its share, so that a scaling neither hastens
 * the rollout nor holds it up. 10 → 20 with sizes 8 and 5 of 13: 16 and 10 of 26, say.
 */
function scaleInProportion(rollout: Rollout): void {
  const { bounds, totalSize } = rollout;
  const allowed = bounds.replicas > 0 ? bounds.replicas + bounds.maxSurge : 0;
  const change = allowed - totalSize;
  const ordered = largestFirst(rollout.active, change);
  const shares = new Map<ReplicaSet, number>();
  let given = 0;
  for (const one of ordered) {
    const share = shareOf(one, rollout, { change, given });
    shares.set(one, share);
    given += share;
  }
  for (const [i, one] of ordered.entries()) {
    const leftover = i === 0 ? change - given : 0;
    rollout.scale(one, Math.max(0, sizeOf(one) + shares.get(one)! + leftover));
  }
}

/** Among equals, newer ones grow first and older ones shrink first. */
function largestFirst(replicaSets: ReplicaSet[], change: number): ReplicaSet[] {
  const sign = change > 0 ? -1 : 1;
  return [...replicaSets].sort((a, b) => sizeOf(b) - sizeOf(a) || sign * compareAge(a, b));
}

function shareOf(
  replicaSet: ReplicaSet,
  { bounds, deployment }: Rollout,
  { change, given }: { change: number; given: number },
): number {
  const left = change - given;
  if (left === 0) return 0;
  const size = sizeOf(replicaSet);
  if (bounds.replicas === 0) return Math.max(-size, left);
  const noted = Number(replicaSet.metadata.annotations?.[MAX_REPLICAS] ?? 0);
  const before = noted > 0 ? noted : (deployment.status?.replicas ?? 0);
  if (before === 0) return 0;
  const share = Math.round((size * (bounds.replicas + bounds.maxSurge)) / before) - size;
  return change > 0 ? Math.min(share, left) : Math.max(share, left);
}
