// What create, update, delete and the reads share: one value per kind.

import { conflict, notFoundError, type Kind, type KubernetesObject } from "@kubonsai/api";
import type { Clock, Random } from "@kubonsai/clock";
import type { Admission } from "../admission/admission.ts";
import { objectPath } from "../storage/keys.ts";
import type { ObjectStorage } from "../storage/object-storage.ts";
import type { StoredObject } from "../storage/stored-object.ts";
import type { WatchCache } from "../storage/watch-cache.ts";
import type { View } from "../storage/watcher.ts";
import type { Behaviour } from "./behaviour.ts";
import type { ObjectKey, Stored } from "./registry.ts";

export interface KindRooms {
  readonly kind: Kind;
  readonly behaviour: Behaviour;
  readonly storage: ObjectStorage;
  readonly all: WatchCache;
  readonly view: View;
  readonly admission: Admission;
  readonly clock: Clock;
  readonly random: Random;
}

export function pathOf({ kind }: KindRooms, { namespace, name }: ObjectKey): string {
  return objectPath(kind.namespaced ? namespace : "", name);
}

/** @throws StatusError NotFound */
export async function existing(rooms: KindRooms, key: ObjectKey): Promise<StoredObject> {
  const stored = await rooms.storage.get(pathOf(rooms, key));
  if (!stored) throw notFoundError(rooms.kind, key.name);
  return stored;
}

export const MODIFIED =
  "the object has been modified; please apply your changes to the latest version and try again";

export const modified = (rooms: KindRooms, name: string) => conflict(rooms.kind, name, MODIFIED);

/** The object as it goes into the store. */
export function toStored({ kind }: KindRooms, object: KubernetesObject): KubernetesObject {
  return kind.storedAs ? kind.storedAs.toStored(object) : object;
}

/** An object that was not written: the answer to a dry run. */
export function unwritten(object: KubernetesObject): Stored {
  const bytes = Buffer.from(JSON.stringify(object));
  return { object, bytes, resourceVersion: object.metadata.resourceVersion ?? "" };
}
