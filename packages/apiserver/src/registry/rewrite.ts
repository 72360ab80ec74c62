// A change by the server itself: one write, past admission and validation.

import { copyValue, notFoundError, type KubernetesObject } from "@kubonsai/api";
import { equalJson } from "./json.ts";
import { checkPreconditions, type Preconditions } from "./preconditions.ts";
import type { ObjectKey, Stored } from "./registry.ts";
import { modified, pathOf, toStored, unwritten, type KindRooms } from "./rooms.ts";

const ATTEMPTS = 100;

export interface Rewrite {
  readonly key: ObjectKey;
  /** Changes the object in place; runs again after a lost race. */
  readonly change: (object: KubernetesObject) => void;
  readonly preconditions?: Preconditions;
  readonly dryRun: boolean;
}

/** @throws StatusError NotFound, Conflict, and whatever `change` throws */
export async function rewrite(rooms: KindRooms, request: Rewrite): Promise<Stored> {
  const { key, change, preconditions, dryRun } = request;
  const path = pathOf(rooms, key);
  let current = await rooms.storage.get(path);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (!current) throw notFoundError(rooms.kind, key.name);
    const old = rooms.view(current).object;
    checkPreconditions(rooms, { wanted: preconditions, object: old });
    const object = copyValue(old);
    change(object);
    if (equalJson(object, old)) return rooms.view(current);
    if (dryRun) return unwritten(object);
    const written = await rooms.storage.replace(path, toStored(rooms, object), current);
    if (written.done) return rooms.view(written.stored);
    current = written.current;
  }
  throw modified(rooms, key.name);
}
