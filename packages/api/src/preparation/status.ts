// What the strategies of most kinds share: whose turn it is, the spec's or the status's.

import { semanticEqual } from "../equality/semantic-equal.ts";
import type { KubernetesObject } from "../kind.ts";

interface WithStatus extends KubernetesObject {
  spec?: unknown;
  status?: unknown;
}

/** A new object's status is nobody's to set. */
export function dropStatus(object: WithStatus): void {
  object.status = {};
}

/** An update of the main resource leaves the status as it was. */
export function keepStatus<T extends WithStatus>(object: T, old: T): void {
  setOrDelete(object, "status", old.status);
}

/** An update of the status leaves everything else as it was, but for the metadata it may change. */
export function keepSpec<T extends WithStatus>(object: T, old: T): void {
  setOrDelete(object, "spec", old.spec);
}

/** Counts the versions of what users asked for; the generation is never taken from the request. */
export function countGeneration(
  object: KubernetesObject,
  old: KubernetesObject,
  isChanged: boolean,
) {
  const before = old.metadata.generation ?? 0;
  const generation = isChanged ? before + 1 : before;
  if (generation === 0) delete object.metadata.generation;
  else object.metadata.generation = generation;
}

export const isSpecChanged = (object: WithStatus, old: WithStatus): boolean =>
  !semanticEqual(object.spec, old.spec);

function setOrDelete(object: WithStatus, member: "spec" | "status", value: unknown): void {
  if (value === undefined) delete object[member];
  else object[member] = value;
}
