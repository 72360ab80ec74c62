// One open watch on a resource: which events it gets, and as what.

import type { Stored, WatchSink } from "../registry/registry.ts";
import type { CacheEvent } from "./event-window.ts";
import type { Selection } from "./selection.ts";
import type { StoredObject } from "./stored-object.ts";

/** How a kind shows what is stored: as it is, or converted (see `Kind.storedAs`). */
export type View = (stored: StoredObject) => Stored;

export interface Watcher {
  readonly selection: Selection;
  readonly view: View;
  readonly sink: WatchSink;
  readonly allowBookmarks: boolean;
  /** Events up to this revision are known to it already. */
  readonly afterRevision: number;
}

/** Nothing is parsed or serialised here for a watcher: it gets what the cache made once. */
export function deliver(watcher: Watcher, event: CacheEvent): void {
  const { selection, view, sink } = watcher;
  if (event.revision <= watcher.afterRevision || !selection.hasPath(event.path)) return;
  const send = (type: CacheEvent["type"], stored: StoredObject) =>
    sink.event(type, view(stored), stored.resourceVersion);
  if (selection.isWholePath) return send(event.type, event.stored);
  const { previous } = event;
  const isIn = event.type !== "DELETED" && selection.matches(view(event.stored).object);
  const wasIn = previous !== undefined && selection.matches(view(previous).object);
  if (isIn) send(wasIn ? "MODIFIED" : "ADDED", event.stored);
  else if (wasIn) send("DELETED", departed(event, previous));
}

function departed(event: CacheEvent, previous: StoredObject): StoredObject {
  if (event.type === "DELETED") return event.stored;
  return (event.departed ??= previous.at(event.revision));
}
