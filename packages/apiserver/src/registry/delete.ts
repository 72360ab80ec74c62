// An object's end: marked and waited for, or removed at once.
// @see kubernetes apiserver/pkg/registry/generic/registry/store.go Delete

import { copyValue, isReason, notFoundError, type KubernetesObject } from "@kubonsai/api";
import type { AdmissionRequest } from "../admission/admission.ts";
import type { StoredObject } from "../storage/stored-object.ts";
import type { Deleted } from "./behaviour.ts";
import { planDeletion } from "./deletion.ts";
import { equalJson } from "./json.ts";
import { checkDeletePreconditions } from "./preconditions.ts";
import type { DeleteOptions, ObjectKey, StoredList } from "./registry.ts";
import { existing, modified, pathOf, toStored, unwritten, type KindRooms } from "./rooms.ts";

const ATTEMPTS = 100;
const COLLECTION_WORKERS = 32;

/** @throws StatusError NotFound, Conflict, Forbidden */
export async function deleteObject(
  rooms: KindRooms,
  key: ObjectKey,
  options: DeleteOptions,
): Promise<Deleted> {
  const usual = () => usualDelete(rooms, key, options);
  const special = rooms.behaviour.delete;
  if (!special) return usual();
  const found = await existing(rooms, key);
  await admit(rooms, rooms.view(found).object, options);
  return special(key, options, usual);
}

async function usualDelete(
  rooms: KindRooms,
  key: ObjectKey,
  options: DeleteOptions,
): Promise<Deleted> {
  let current: StoredObject | undefined = await existing(rooms, key);
  await admit(rooms, rooms.view(current).object, options);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const outcome = await attemptDelete(rooms, { key, options, current });
    if ("stored" in outcome) return outcome;
    current = outcome.current;
    if (!current) throw notFoundError(rooms.kind, key.name);
  }
  throw modified(rooms, key.name);
}

type Outcome = Deleted | { current: StoredObject | undefined };

interface Attempt {
  readonly key: ObjectKey;
  readonly options: DeleteOptions;
  readonly current: StoredObject;
}

async function attemptDelete(rooms: KindRooms, attempt: Attempt): Promise<Outcome> {
  const { kind, behaviour, clock } = rooms;
  const { options, current } = attempt;
  const old = rooms.view(current).object;
  checkDeletePreconditions(rooms, { wanted: options.preconditions, object: old });
  const object = copyValue(old);
  const step = planDeletion(object, { kind, behaviour, options, nowMs: clock.now() });
  if (step.do === "pending") return { stored: rooms.view(current), gone: false };
  if (step.do === "now") return remove(rooms, attempt, current);
  const marked = await mark(rooms, attempt, object);
  if (!("marked" in marked)) return marked;
  if (step.waits) return { stored: rooms.view(marked.marked), gone: false };
  return removeMarked(rooms, attempt, marked.marked);
}

/** Watchers see the object dying before they see it gone. */
async function mark(
  rooms: KindRooms,
  { key, options, current }: Attempt,
  object: KubernetesObject,
): Promise<{ marked: StoredObject } | Outcome> {
  if (equalJson(object, rooms.view(current).object)) return { marked: current };
  const isGone = !object.metadata.deletionGracePeriodSeconds && !object.metadata.finalizers?.length;
  if (options.dryRun) return { stored: unwritten(object), gone: isGone };
  const path = pathOf(rooms, key);
  const written = await rooms.storage.replace(path, toStored(rooms, object), current);
  return written.done ? { marked: written.stored } : { current: written.current };
}

/** Whoever else removed it in the meantime did what was asked. */
async function removeMarked(
  rooms: KindRooms,
  attempt: Attempt,
  marked: StoredObject,
): Promise<Outcome> {
  const outcome = await remove(rooms, attempt, marked);
  if ("stored" in outcome || outcome.current) return outcome;
  return { stored: rooms.view(marked), gone: true };
}

async function remove(
  rooms: KindRooms,
  { key, options }: Attempt,
  current: StoredObject,
): Promise<Outcome> {
  if (options.dryRun) return { stored: rooms.view(current), gone: true };
  const removed = await rooms.storage.remove(pathOf(rooms, key), current);
  if (!removed.done) return { current: removed.current };
  const stored = rooms.view(removed.stored);
  await rooms.behaviour.afterDelete?.(stored.object, options);
  return { stored, gone: true };
}

async function admit(rooms: KindRooms, oldObject: KubernetesObject, options: DeleteOptions) {
  const { name = "", namespace = "" } = oldObject.metadata;
  const about = { kind: rooms.kind, subresource: "", namespace, name };
  const request: AdmissionRequest = { operation: "DELETE", ...about, oldObject, options };
  await rooms.admission.mutate(request);
  await rooms.admission.validate(request);
}

/** Deletes everything that `list` finds, each as by itself; what is gone already is no error. */
export async function deleteCollection(
  rooms: KindRooms,
  found: StoredList,
  options: DeleteOptions,
): Promise<StoredList> {
  const rest = [...found.items];
  const worker = async () => {
    for (let stored = rest.shift(); stored; stored = rest.shift()) {
      const { name = "", namespace = "" } = stored.object.metadata;
      await deleteIfThere(rooms, { name, namespace }, options);
    }
  };
  await Promise.all(Array.from({ length: COLLECTION_WORKERS }, worker));
  return found;
}

async function deleteIfThere(rooms: KindRooms, key: ObjectKey, options: DeleteOptions) {
  try {
    await deleteObject(rooms, key, options);
  } catch (error) {
    if (!isReason(error, "NotFound")) throw error;
  }
}
