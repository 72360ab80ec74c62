// Recreate: all old pods go before the first new one comes.
// @see kubernetes pkg/controller/deployment/recreate.go

import type { Pod, ReplicaSet } from "@kubonsai/api";
import { isPodTerminal } from "../pods/pod-state.ts";
import { podsOf, sizeOf, type Rollout } from "./rollout.ts";

/** @returns whether the old pods are gone, so that the new replica set may be made and grow */
export function dropOld(rollout: Rollout, podsOfSet: (one: ReplicaSet) => readonly Pod[]): boolean {
  const shrinking = rollout.old.filter((one) => sizeOf(one) > 0);
  for (const one of shrinking) rollout.scale(one, 0);
  if (shrinking.length > 0) return false;
  return !rollout.old.some(
    (one) => podsOf(one) > 0 || podsOfSet(one).some((pod) => !isPodTerminal(pod)),
  );
}
