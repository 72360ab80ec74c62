// Server-side apply: lays a configuration over the live object, takes away what its manager applied before
// and no longer does, and refuses to change what others own.
// @see sigs.k8s.io/structured-merge-diff merge/update.go Apply

import { badRequest } from "../errors/status-error.ts";
import type { KubernetesObject } from "../kind.ts";
import { copyValue, equalValues } from "../schema/json-value.ts";
import type { Message } from "../schema/schema.ts";
import { applyConflict, untypable } from "./apply-errors.ts";
import { problemsOf } from "./check-applied.ts";
import { compare, without } from "./compare.ts";
import { emptyObject } from "./empty-object.ts";
import {
  difference,
  emptySet,
  type FieldSet,
  hasPath,
  intersection,
  isEmptySet,
  pathsOf,
  recursiveDifference,
  setOfPaths,
  union,
} from "./field-set.ts";
import { fieldsOf } from "./fields-of.ts";
import { bridgesLastApplied, fieldsOfLastApplied, refreshLastApplied } from "./last-applied.ts";
import {
  type Managers,
  ownerId,
  readManagers,
  unmanaged,
  writeManagers,
} from "./managed-fields.ts";
import { mergeApplied } from "./merge.ts";
import { removeFields, withStructs } from "./remove.ts";
import {
  type FieldOperation,
  ignoredFields,
  ownerOf,
  trackUpdate,
  withoutManagers,
} from "./track-update.ts";
import { type Conflict, conflictsWith, takeChanged } from "./update-managers.ts";

export interface ApplyRequest extends FieldOperation {
  readonly kind: string;
  /** As stored, not altered; undefined when there is none. */
  readonly live: KubernetesObject | undefined;
  /** As the client sent it, neither decoded nor defaulted: null members count. */
  readonly applied: KubernetesObject;
  /** Take over what others own instead of refusing. */
  readonly force: boolean;
}

/**
 * @returns the new object with its managedFields; still to be decoded (it may hold nulls) and defaulted
 * @throws StatusError Conflict, BadRequest, or a bare 500 when `applied` does not fit the type
 */
export function apply(message: Message, request: ApplyRequest): KubernetesObject {
  check(message, request);
  const { now } = request;
  const live = trackedLive(message, request);
  const managers = readManagers(live.metadata.managedFields);
  const base = withoutManagers(live);
  const outcome = applyOrTakeOver(message, request, { base, managers });
  const isSameObject = equalValues(outcome.object, base);
  const object = copyValue(isSameObject ? base : outcome.object);
  const self = ownerId(ownerOf(request, "Apply"));
  const own = outcome.managers.get(self);
  const after = new Map(outcome.managers);
  if (own !== undefined && !isSameObject) after.set(self, { ...own, time: now });
  object.metadata ??= {};
  const entries = writeManagers(after);
  if (entries.length > 0) object.metadata.managedFields = entries;
  if (bridgesLastApplied(request.manager)) refreshLastApplied(object, request.applied);
  return object;
}

function check(message: Message, { applied, apiVersion, kind }: ApplyRequest): void {
  if (applied.apiVersion !== apiVersion || applied.kind !== kind) {
    throw badRequest(`invalid object type: ${kindText(applied)}`);
  }
  if (applied.metadata?.managedFields !== undefined && applied.metadata.managedFields !== null) {
    throw badRequest("metadata.managedFields must be nil");
  }
  const problems = problemsOf(message, applied);
  if (problems.length === 0) return;
  const { namespace = "", name = "" } = applied.metadata ?? {};
  throw untypable(`${namespace}/${name}; ${kindText(applied)}`, problems);
}

/** `apps/v1, Kind=Deployment`, `/v1, Kind=Pod` */
const kindText = ({ apiVersion = "", kind = "" }: KubernetesObject) =>
  `${apiVersion.includes("/") ? apiVersion : `/${apiVersion}`}, Kind=${kind}`;

/** What lay unmanaged before the first apply gets an owner, so that it is not overwritten unasked. */
function trackedLive(message: Message, request: ApplyRequest): KubernetesObject {
  const { live } = request;
  if (live === undefined) {
    return { ...(emptyObject(message) as KubernetesObject), ...typeOf(request) };
  }
  if ((live.metadata.managedFields ?? []).length > 0) return live;
  const object = { ...live, metadata: { ...live.metadata } };
  trackUpdate(message, { live: undefined, object }, { ...request, manager: "before-first-apply" });
  return object;
}

const typeOf = ({ apiVersion, kind }: ApplyRequest) => ({ apiVersion, kind });

interface Before {
  readonly base: KubernetesObject;
  readonly managers: Managers;
}

interface Outcome {
  readonly object: KubernetesObject;
  readonly managers: Managers;
}

/** Conflicts with what client-side apply left, and nobody touched since, are none. */
function applyOrTakeOver(message: Message, request: ApplyRequest, before: Before): Outcome {
  const { outcome, conflicts } = applyOnce(message, request, before);
  if (conflicts.length === 0 || request.force) return outcome;
  const allowed = bridgesLastApplied(request.manager)
    ? fieldsOfLastApplied(message, before.base)
    : emptySet;
  const refused = conflicts
    .map(({ managed, fields }) => ({ managed, fields: withoutPaths(fields, allowed) }))
    .filter(({ fields }) => !isEmptySet(fields));
  if (refused.length > 0) throw applyConflict(refused);
  return outcome;
}

const withoutPaths = (fields: FieldSet, allowed: FieldSet): FieldSet =>
  setOfPaths([...pathsOf(fields)].filter((path) => !hasPath(allowed, path)));

/** The outcome as if nobody objected, and who does. */
function applyOnce(
  message: Message,
  request: ApplyRequest,
  { base, managers }: Before,
): { outcome: Outcome; conflicts: Conflict[] } {
  const owner = ownerOf(request, "Apply");
  const self = ownerId(owner);
  const ignored = ignoredFields(request);
  const last = managers.get(self);
  const set = recursiveDifference(fieldsOf(message, request.applied), ignored);
  const claimed = new Map(managers).set(self, { owner, set, time: last?.time });
  const merged = mergeApplied(message, { live: base, applied: request.applied });
  const object = prune(message, merged, { managers: claimed, last: last?.set ?? emptySet });
  const comparison = without(compare(message, { old: base, new: object }), ignored);
  const conflicts = conflictsWith(claimed, comparison, self);
  const after = new Map(takeChanged(claimed, comparison, self));
  after.set(self, { owner, set: difference(set, unmanaged), time: last?.time });
  return { outcome: { object: object as KubernetesObject, managers: after }, conflicts };
}

/** Takes away what this manager applied last time, not this time, and nobody else owns. */
function prune(
  message: Message,
  merged: unknown,
  { managers, last }: { managers: Managers; last: FieldSet },
): unknown {
  if (isEmptySet(last)) return merged;
  const all = withStructs(message, fieldsOf(message, merged));
  const lastAll = withStructs(message, last);
  const leftAfter = (object: unknown) => withStructs(message, fieldsOf(message, object));
  const withoutLast = removeFields(message, merged, lastAll);
  const owned = [...managers.values()].reduce((sum, { set }) => union(sum, set), emptySet);
  const kept = union(leftAfter(withoutLast), withStructs(message, owned));
  const withOwned = removeFields(message, merged, difference(all, kept));
  const gone = difference(all, leftAfter(withOwned));
  return removeFields(message, merged, intersection(gone, lastAll));
}
