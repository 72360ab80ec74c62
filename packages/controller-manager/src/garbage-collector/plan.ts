// What becomes of an object, given what became of its owners.
// @see kubernetes pkg/controller/garbagecollector attemptToDeleteItem

import type { OwnerReference } from "@kubonsai/api";
import {
  FOREGROUND_FINALIZER,
  isDeletingDependents,
  ORPHAN_FINALIZER,
  type GraphNode,
} from "./graph.ts";

/** `present`: lives; `waiting`: stays only until its dependents are gone; `absent`: gone. */
export type OwnerState = "present" | "waiting" | "absent";

export type Collection =
  | { do: "keep" }
  /** References to owners that are gone or going; the others keep the object. */
  | { do: "dropOwners"; uids: string[] }
  | { do: "delete"; policy: "Background" | "Foreground" | "Orphan"; unblock: boolean };

export function planCollection(
  node: GraphNode,
  owners: readonly { reference: OwnerReference; state: OwnerState }[],
): Collection {
  if (owners.length === 0) return { do: "keep" };
  const lost = owners.filter(({ state }) => state !== "present");
  if (lost.length === 0) return { do: "keep" };
  if (lost.length < owners.length) {
    return { do: "dropOwners", uids: lost.map(({ reference }) => reference.uid) };
  }
  const isWaitedFor = owners.some(({ state }) => state === "waiting");
  if (isWaitedFor && node.dependents.size > 0) {
    // in a circle of owners each would wait for the other
    const unblock = [...node.dependents].some(isDeletingDependents);
    return { do: "delete", policy: "Foreground", unblock };
  }
  return { do: "delete", policy: policyOf(node), unblock: false };
}

/** What the user asked for before stands. */
function policyOf({ finalizers }: GraphNode) {
  if (finalizers.includes(ORPHAN_FINALIZER)) return "Orphan";
  return finalizers.includes(FOREGROUND_FINALIZER) ? "Foreground" : "Background";
}

/** Dependents for which an owner in foreground deletion has to wait. */
export function blockingDependents(owner: GraphNode): GraphNode[] {
  return [...owner.dependents].filter((dependent) =>
    dependent.owners.some(({ uid, blockOwnerDeletion }) => uid === owner.uid && blockOwnerDeletion),
  );
}
