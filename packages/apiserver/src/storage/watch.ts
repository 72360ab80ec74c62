// Watches: what there is, or what happened since a version, and from then on everything as it happens.

import type { Stored, WatchOptions, WatchSink } from "../registry/registry.ts";
import { parseResourceVersion } from "./list.ts";
import type { ListRequest } from "./list.ts";
import { deliver, type Watcher } from "./watcher.ts";

export interface WatchRequest extends ListRequest {
  readonly options: WatchOptions;
  readonly sink: WatchSink;
}

/** Resolves when the watch is open. Too old a version ends it by an error, as an event. */
export async function watch(request: WatchRequest, signal: AbortSignal): Promise<void> {
  const { all, options, sink, storage } = request;
  const { resourceVersion = "", sendInitialEvents } = options;
  const since = parseResourceVersion(resourceVersion);
  if (resourceVersion === "") await all.current();
  else if (sendInitialEvents !== undefined) await all.reached(since);
  if (signal.aborted) return;
  const sendsAll = sendInitialEvents ?? since === 0;
  const watcher = watcherOf(request, sendsAll || since === 0 ? all.revision : since);
  // from here to the end in one turn: no event can slip between
  try {
    if (sendsAll) tellAll(request);
    else if (since > 0) {
      for (const event of storage.cache.eventsAfter(since)) deliver(watcher, event);
    }
  } catch (error) {
    return sink.end(error as Error);
  }
  if (signal.aborted) return;
  storage.cache.addWatcher(watcher);
  signal.addEventListener("abort", () => storage.cache.removeWatcher(watcher), { once: true });
}

function watcherOf(request: WatchRequest, afterRevision: number): Watcher {
  const { selection, view, sink, options } = request;
  return { selection, view, sink, allowBookmarks: options.allowBookmarks, afterRevision };
}

function tellAll({ all, storage, selection, view, sink, options }: WatchRequest): void {
  for (const { stored } of storage.cache.entries(selection)) {
    const shown: Stored = view(stored);
    if (!selection.isWholePath && !selection.matches(shown.object)) continue;
    sink.event("ADDED", shown, shown.resourceVersion);
  }
  if (options.sendInitialEvents && options.allowBookmarks) {
    sink.event("BOOKMARK", undefined, String(all.revision), true);
  }
}
