// An update that takes the last finalizer off a dying object removes it.

import type { KubernetesObject } from "@kubonsai/api";
import type { StoredObject } from "../storage/stored-object.ts";
import type { ObjectKey, Stored, WriteOptions } from "./registry.ts";
import { pathOf, unwritten, type KindRooms } from "./rooms.ts";

export function shouldRemove(
  { behaviour }: KindRooms,
  object: KubernetesObject,
  old: KubernetesObject,
): boolean {
  if (object.metadata.finalizers?.length) return false;
  if (!old.metadata.deletionTimestamp || old.metadata.deletionGracePeriodSeconds) return false;
  return behaviour.isFinished?.(object) ?? true;
}

/** Undefined when another was faster; the answer of an update is the object that was wanted. */
export async function removeFinished(
  rooms: KindRooms,
  request: {
    object: KubernetesObject;
    current: StoredObject;
    key: ObjectKey;
    options: WriteOptions;
  },
): Promise<Stored | undefined> {
  const { object, current, key, options } = request;
  if (options.dryRun) return unwritten(object);
  const removed = await rooms.storage.remove(pathOf(rooms, key), current);
  if (!removed.done) return removed.current ? undefined : unwritten(object);
  await rooms.behaviour.afterDelete?.(object, options);
  return unwritten(object);
}
