// RollingUpdate: grow the new replica set and shrink the old ones, within the bounds.
// @see kubernetes pkg/controller/deployment/rolling.go

import type { ReplicaSet } from "@kubonsai/api";
import { byAge } from "./revisions.ts";
import { availableOf, sizeOf, type Rollout } from "./rollout.ts";

/** One step up or down; the next follows when the replica sets report what came of it. */
export function rollUpdate(rollout: Rollout): void {
  if (growNew(rollout)) return;
  shrinkOld(rollout);
}

function growNew(rollout: Rollout): boolean {
  const newest = rollout.newest!;
  const { replicas } = rollout.bounds;
  const size = sizeOf(newest);
  if (size === replicas) return false;
  const wanted = size > replicas ? replicas : sizeOfNew(rollout, size);
  return wanted !== size && rollout.scale(newest, wanted);
}

/** As large as the surge allows beside the old ones. */
export function sizeOfNew({ bounds, totalSize }: Rollout, size: number): number {
  const room = bounds.replicas + bounds.maxSurge - totalSize;
  return room <= 0 ? size : Math.min(size + room, bounds.replicas);
}

function shrinkOld(rollout: Rollout): void {
  const { replicas, maxUnavailable } = rollout.bounds;
  const minAvailable = replicas - maxUnavailable;
  const newest = rollout.newest!;
  const newUnavailable = sizeOf(newest) - availableOf(newest);
  const mostDown = rollout.totalSize - minAvailable - newUnavailable;
  if (mostDown <= 0) return;
  dropUnhealthy(rollout, mostDown);
  dropHealthy(rollout, minAvailable);
}

/** Old pods that are not available can go first: nobody misses them. */
function dropUnhealthy(rollout: Rollout, mostDown: number): void {
  let left = mostDown;
  for (const one of shrinkable(rollout)) {
    const unhealthy = sizeOf(one) - availableOf(one);
    const down = Math.min(left, unhealthy);
    if (down <= 0) continue;
    rollout.scale(one, sizeOf(one) - down);
    left -= down;
  }
}

/** Then those that are available, down to what must be. */
function dropHealthy(rollout: Rollout, minAvailable: number): void {
  let left = rollout.available - minAvailable;
  for (const one of shrinkable(rollout)) {
    const down = Math.min(left, sizeOf(one));
    if (down <= 0) continue;
    rollout.scale(one, sizeOf(one) - down);
    left -= down;
  }
}

const shrinkable = ({ old }: Rollout): ReplicaSet[] => byAge(old.filter((one) => sizeOf(one) > 0));
