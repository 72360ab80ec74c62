// What a delete asks of an object: how long to wait, and which finalizers stand in the way. Pure.
// @see kubernetes apiserver/pkg/registry/rest/delete.go BeforeDelete

import type { Kind, KubernetesObject } from "@kubonsai/api";
import type { Behaviour } from "./behaviour.ts";
import { equalJson } from "./json.ts";
import { timestamp } from "./metadata.ts";
import type { DeleteOptions } from "./registry.ts";

const ORPHAN = "orphan";
const FOREGROUND = "foregroundDeletion";

/**
 * `now`: nothing to wait for · `mark`: the object, changed in place, is written first and `waits`
 * says whether it then lives on · `pending`: it is dying already, and this delete changes nothing.
 */
export type Step = { do: "now" } | { do: "pending" } | { do: "mark"; waits: boolean };

export interface DeletionRequest {
  readonly kind: Kind;
  readonly behaviour: Behaviour;
  readonly options: Pick<DeleteOptions, "gracePeriodSeconds" | "propagationPolicy">;
  readonly nowMs: number;
}

/** Changes `object` in place. */
export function planDeletion(object: KubernetesObject, request: DeletionRequest): Step {
  const grace = settleGrace(object, request);
  if (grace === "pending") return { do: "pending" };
  settleFinalizers(object, request);
  const isHeld = Boolean(object.metadata.finalizers?.length);
  if (grace !== "none") return { do: "mark", waits: isHeld || grace > 0 };
  if (!isHeld) return { do: "now" };
  markDying(object, request.nowMs);
  return { do: "mark", waits: true };
}

/** The seconds to wait, `none` for kinds and states without grace, `pending` when all is said. */
function settleGrace(
  object: KubernetesObject,
  { behaviour, options, nowMs }: DeletionRequest,
): number | "none" | "pending" {
  if (!behaviour.gracePeriodSeconds) return "none";
  const asked = options.gracePeriodSeconds;
  const requested = asked !== undefined && asked < 0 ? 1 : asked;
  const { metadata } = object;
  if (metadata.deletionTimestamp) return shortenGrace(object, requested, nowMs);
  const seconds = behaviour.gracePeriodSeconds(object, requested);
  metadata.deletionTimestamp = timestamp(nowMs + seconds * 1000);
  metadata.deletionGracePeriodSeconds = seconds;
  if (metadata.generation) metadata.generation++;
  return seconds;
}

/** Of an object that is dying already: the wait may only become shorter. */
function shortenGrace(
  { metadata }: KubernetesObject,
  requested: number | undefined,
  nowMs: number,
): number | "none" | "pending" {
  const granted = metadata.deletionGracePeriodSeconds;
  if (!granted) return "none";
  if (requested === undefined || requested >= granted) return "pending";
  const end = Date.parse(metadata.deletionTimestamp!) + (requested - granted) * 1000;
  const isPast = end < nowMs;
  metadata.deletionTimestamp = timestamp(isPast ? nowMs : end);
  metadata.deletionGracePeriodSeconds = isPast && requested !== 0 ? 1 : requested;
  return requested;
}

/** @see kubernetes apiserver/pkg/registry/generic/registry/store.go deletionFinalizersForGarbageCollection */
function settleFinalizers(object: KubernetesObject, request: DeletionRequest): void {
  if (request.behaviour.ignoresPropagation) return;
  const { metadata } = object;
  const had = metadata.finalizers ?? [];
  const others = had.filter((one) => one !== ORPHAN && one !== FOREGROUND);
  const wanted = [...others, ...propagationFinalizer(had, request)];
  if (equalJson([...had].sort(), [...wanted].sort())) return;
  if (wanted.length > 0) metadata.finalizers = wanted;
  else delete metadata.finalizers;
}

function propagationFinalizer(had: string[], { kind, options }: DeletionRequest): string[] {
  const { propagationPolicy } = options;
  if (propagationPolicy === "Orphan") return [ORPHAN];
  if (propagationPolicy === "Foreground") return [FOREGROUND];
  if (propagationPolicy === "Background") return [];
  const present = had.find((one) => one === ORPHAN || one === FOREGROUND);
  if (present) return [present];
  return kind.defaultPropagation === "Orphan" ? [ORPHAN] : [];
}

/** Dying, with nothing but finalizers to wait for. */
function markDying({ metadata }: KubernetesObject, nowMs: number): void {
  if (!metadata.deletionTimestamp && metadata.generation) metadata.generation++;
  const isAhead = metadata.deletionTimestamp && Date.parse(metadata.deletionTimestamp) > nowMs;
  if (!metadata.deletionTimestamp || isAhead) metadata.deletionTimestamp = timestamp(nowMs);
  metadata.deletionGracePeriodSeconds = 0;
}
