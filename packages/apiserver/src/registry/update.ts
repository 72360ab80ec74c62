// An object's change, with optimistic locking.
// @see kubernetes apiserver/pkg/registry/generic/registry/store.go Update, rest/update.go BeforeUpdate

import {
  copyValue,
  invalidError,
  notFoundError,
  type FieldError,
  type KubernetesObject,
} from "@kubonsai/api";
import type { AdmissionRequest } from "../admission/admission.ts";
import type { StoredObject } from "../storage/stored-object.ts";
import type { Reservation } from "./behaviour.ts";
import { create } from "./create.ts";
import { setDefaults } from "./defaults.ts";
import { isUnchanged, trackFields } from "./managed-fields.ts";
import { dropEmptyMetadata, keepSystemFields, settleNamespace } from "./metadata.ts";
import type { ObjectKey, Stored, UpdateOptions } from "./registry.ts";
import { removeFinished, shouldRemove } from "./remove-finished.ts";
import { modified, pathOf, toStored, unwritten, type KindRooms } from "./rooms.ts";
import { checkPreconditions } from "./preconditions.ts";
import { prepareChange, validateChange } from "./validate.ts";

export interface Updated {
  stored: Stored;
  created: boolean;
  unchanged: boolean;
}

export interface UpdateRequest {
  readonly key: ObjectKey;
  readonly change: (
    current: KubernetesObject | undefined,
  ) => KubernetesObject | Promise<KubernetesObject>;
  readonly options: UpdateOptions;
}

/** A race is lost only to a writer that got ahead; this many in a row are no accident. */
const ATTEMPTS = 100;

/** @throws StatusError NotFound, Conflict, Invalid, Forbidden */
export async function update(rooms: KindRooms, request: UpdateRequest): Promise<Updated> {
  const path = pathOf(rooms, request.key);
  let current = await rooms.storage.get(path);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (!current) {
      const created = await createInstead(rooms, request);
      if (created) return created;
      current = await rooms.storage.get(path);
      continue;
    }
    const outcome = await attemptUpdate(rooms, request, current);
    if ("updated" in outcome) return outcome.updated;
    current = outcome.current;
  }
  throw modified(rooms, request.key.name);
}

type Outcome = { updated: Updated } | { current: StoredObject | undefined };

async function createInstead(
  rooms: KindRooms,
  { key, change, options }: UpdateRequest,
): Promise<Updated | undefined> {
  const isAllowed = options.allowCreate || rooms.behaviour.createsOnUpdate === true;
  if (!isAllowed || options.subresource !== "") throw notFoundError(rooms.kind, key.name);
  const object = await change(undefined);
  const { managesFields } = options;
  const request = { namespace: key.namespace, object, managesFields };
  return { stored: await create(rooms, request, options), created: true, unchanged: false };
}

async function attemptUpdate(
  rooms: KindRooms,
  request: UpdateRequest,
  current: StoredObject,
): Promise<Outcome> {
  const { behaviour } = rooms;
  const { options } = request;
  const old = rooms.view(current).object;
  const object = await wantedObject(rooms, request, old);
  await rooms.admission.mutate(admissionRequest(rooms, { object, old }, request));
  const reservesAnew = options.subresource === "" && behaviour.beginUpdate;
  const reservation = reservesAnew
    ? await behaviour.beginUpdate!({ object, old }, options.dryRun)
    : undefined;
  try {
    await prepare(rooms, { object, old }, request);
    const outcome = await write(rooms, { object, old, current, reservation }, request);
    if (!("updated" in outcome)) reservation?.giveBack();
    return outcome;
  } catch (error) {
    reservation?.giveBack();
    throw error;
  }
}

/** What the caller wants, checked against the version that it was made from. */
async function wantedObject(
  rooms: KindRooms,
  { key, change, options }: UpdateRequest,
  old: KubernetesObject,
): Promise<KubernetesObject> {
  const { kind, behaviour } = rooms;
  const object = await change(copyValue(old));
  settleNamespace(kind, object, key.namespace);
  checkPreconditions(rooms, { wanted: options.preconditions, object: old });
  const { metadata } = object;
  // "0" is no version: it says nothing of the state that was seen
  if (!metadata.resourceVersion || metadata.resourceVersion === "0") {
    if (behaviour.needsResourceVersion) throw versionRequired(kind, key.name);
    metadata.resourceVersion = old.metadata.resourceVersion;
  } else if (metadata.resourceVersion !== old.metadata.resourceVersion) {
    throw modified(rooms, key.name);
  }
  setDefaults(kind, object);
  if (!options.managesFields) {
    trackFields(rooms, { object, old, options, subresource: options.subresource });
  }
  return object;
}

async function prepare(
  rooms: KindRooms,
  { object, old }: { object: KubernetesObject; old: KubernetesObject },
  request: UpdateRequest,
): Promise<void> {
  const { kind } = rooms;
  const { subresource, warn } = request.options;
  if (old.metadata.generation === undefined) delete object.metadata.generation;
  else object.metadata.generation = old.metadata.generation;
  prepareChange(rooms, { object, old, subresource });
  keepSystemFields(object, old);
  dropEmptyMetadata(object);
  const errors = validateChange(rooms, { object, old, subresource });
  if (errors.length > 0) throw invalidError(kind, object.metadata.name ?? "", errors);
  if (subresource === "") for (const warning of kind.warnings?.(object, old) ?? []) warn(warning);
  await rooms.admission.validate(admissionRequest(rooms, { object, old }, request));
}

interface Change {
  readonly object: KubernetesObject;
  readonly old: KubernetesObject;
  readonly current: StoredObject;
  readonly reservation: Reservation | undefined;
}

async function write(
  rooms: KindRooms,
  { object, old, current, reservation }: Change,
  { key, options }: UpdateRequest,
): Promise<Outcome> {
  const path = pathOf(rooms, key);
  const done = (stored: Stored, unchanged = false): Outcome => {
    return { updated: { stored, created: false, unchanged } };
  };
  if (shouldRemove(rooms, object, old)) {
    const removed = await removeFinished(rooms, { object, current, key, options });
    reservation?.giveBack();
    return removed ? done(removed) : { current: await rooms.storage.get(path) };
  }
  if (isUnchanged(object, old)) {
    reservation?.giveBack();
    return done(rooms.view(current), true);
  }
  if (options.dryRun) {
    reservation?.giveBack();
    return done(unwritten(object));
  }
  const written = await rooms.storage.replace(path, toStored(rooms, object), current);
  if (!written.done) return { current: written.current };
  reservation?.keep(written.stored.resourceVersion);
  return done(rooms.view(written.stored));
}

function versionRequired(kind: KindRooms["kind"], name: string) {
  const error: FieldError = {
    type: "FieldValueInvalid",
    field: "metadata.resourceVersion",
    message: "Invalid value: 0: must be specified for an update",
  };
  return invalidError({ group: kind.group, kind: kind.resource }, name, [error]);
}

function admissionRequest(
  { kind }: KindRooms,
  { object, old }: { object: KubernetesObject; old: KubernetesObject },
  { key, options }: UpdateRequest,
): AdmissionRequest {
  const { subresource } = options;
  const { namespace = "" } = old.metadata;
  const about = { kind, subresource, namespace, name: key.name };
  return { operation: "UPDATE", ...about, object, oldObject: old, options };
}
