// Keeps metadata.managedFields true on creates, updates and patches: who changed a field owns it.
// @see kubernetes apimachinery/pkg/util/managedfields/internal/fieldmanager.go Update

import type { KubernetesObject } from "../kind.ts";
import type { ManagedFieldsEntry } from "../metadata/object-meta.ts";
import type { Message } from "../schema/schema.ts";
import { compare, isSame, without } from "./compare.ts";
import { emptyObject } from "./empty-object.ts";
import {
  difference,
  type FieldSet,
  isEmptySet,
  recursiveDifference,
  setOfPaths,
  union,
} from "./field-set.ts";
import {
  capUpdaters,
  type Managers,
  type Owner,
  ownerId,
  readManagers,
  unmanaged,
  writeManagers,
} from "./managed-fields.ts";
import { memberStep } from "./path-element.ts";
import { UntrackableElement } from "./shape.ts";
import { takeChanged } from "./update-managers.ts";

/** Who acts on what, when. */
export interface FieldOperation {
  /** The manager's name: the `fieldManager` parameter or what the User-Agent tells. */
  readonly manager: string;
  readonly apiVersion: string;
  /** "" for the object itself */
  readonly subresource: string;
  /** RFC 3339 with seconds */
  readonly now: string;
  /**
   * Members that this request cannot change, as paths of names: by default `status` for the object itself,
   * `spec` and `metadata.labels` for its status.
   */
  readonly ignored?: readonly (readonly string[])[];
}

export interface ObjectChange {
  /** As stored; undefined when the object is created. */
  readonly live: KubernetesObject | undefined;
  /** As it will be, defaults filled in, before admission. Its managedFields are set in place. */
  readonly object: KubernetesObject;
}

/** An object whose list elements lack their keys is left without managedFields; validation refuses it. */
export function trackUpdate(
  message: Message,
  { live, object }: ObjectChange,
  operation: FieldOperation,
): void {
  const entries = givenEntries(live, object, operation.subresource);
  delete object.metadata.managedFields;
  const isTracked = live === undefined || live.metadata.uid === undefined || entries.length > 0;
  if (!isTracked) return;
  try {
    const after = updateManagers(message, { live, object, entries }, operation);
    if (after.length > 0) object.metadata.managedFields = after;
  } catch (error) {
    if (!(error instanceof UntrackableElement)) throw error;
  }
}

/** The client's own entries count, unless it knows none, sends nonsense or writes a subresource. */
function givenEntries(
  live: KubernetesObject | undefined,
  object: KubernetesObject,
  subresource: string,
): ManagedFieldsEntry[] {
  const given = object.metadata.managedFields;
  if (subresource === "" && given !== undefined) {
    if (isReset(given)) return [];
    if (isReadable(given)) return given;
  }
  const kept = live?.metadata.managedFields ?? [];
  return isReadable(kept) ? kept : [];
}

/** `[]` or `[{}]`: forget who manages what. */
const isReset = (entries: readonly ManagedFieldsEntry[]) =>
  entries.length === 0 || (entries.length === 1 && Object.keys(entries[0]!).length === 0);

function isReadable(entries: readonly ManagedFieldsEntry[]): boolean {
  try {
    readManagers(entries);
    return true;
  } catch {
    // What cannot be read manages nothing; Kubernetes drops it as silently.
    return false;
  }
}

interface Change extends ObjectChange {
  readonly entries: ManagedFieldsEntry[];
}

function updateManagers(
  message: Message,
  { live, object, entries }: Change,
  operation: FieldOperation,
): ManagedFieldsEntry[] {
  const before = live === undefined ? emptyObject(message) : withoutManagers(live);
  const ignored = ignoredFields(operation);
  const comparison = without(compare(message, { old: before, new: object }), ignored);
  if (isSame(comparison)) return entries;
  const managers = takeChanged(readManagers(entries), comparison);
  const changed = union(comparison.modified, comparison.added);
  const own = difference(recursiveDifference(changed, ignored), unmanaged);
  const after = isEmptySet(own)
    ? managers
    : giveTo(managers, ownerOf(operation, "Update"), own, operation.now);
  return writeManagers(capUpdaters(after));
}

function giveTo(managers: Managers, owner: Owner, fields: FieldSet, time: string): Managers {
  const id = ownerId(owner);
  const previous = managers.get(id);
  const set = previous === undefined ? fields : union(fields, previous.set);
  return new Map(managers).set(id, { owner, set, time });
}

export const ownerOf = (
  { manager, apiVersion, subresource }: FieldOperation,
  kind: Owner["operation"],
): Owner => ({
  manager: manager === "" ? "unknown" : manager,
  operation: kind,
  apiVersion,
  subresource,
});

/** Comparing who managed the fields is no part of comparing the fields. */
export function withoutManagers<T extends KubernetesObject>(object: T): T {
  if (object.metadata?.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

export const ignoredFields = ({ ignored, subresource }: FieldOperation): FieldSet =>
  setOfPaths((ignored ?? usuallyIgnored(subresource)).map((path) => path.map(memberStep)));

function usuallyIgnored(subresource: string): readonly (readonly string[])[] {
  if (subresource === "") return [["status"]];
  return subresource === "status" ? [["spec"], ["metadata", "labels"]] : [];
}
