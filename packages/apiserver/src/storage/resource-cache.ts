// All objects of one stored resource as of now, the events that led here, and the open watches.

import type { KubernetesObject } from "@kubonsai/api";
import type { StoreEvent } from "@kubonsai/store";
import { EventWindow, type CacheEvent } from "./event-window.ts";
import { SortedObjects, type Entry } from "./sorted-objects.ts";
import { StoredObject } from "./stored-object.ts";
import type { Selection } from "./selection.ts";
import { deliver, type Watcher } from "./watcher.ts";

/** Values by which a resource's objects can be found without looking at all of them. */
export interface Index {
  /** As in field selectors: `spec.nodeName` */
  readonly field: string;
  readonly valueOf: (object: KubernetesObject) => string;
}

export class ResourceCache {
  readonly prefix: string;
  readonly #objects = new SortedObjects();
  readonly #watchers = new Set<Watcher>();
  readonly #index: Index | undefined;
  /** Index value → paths; made when first asked for, because it needs every object parsed. */
  #indexed: Map<string, Set<string>> | undefined;
  /** What this process wrote and has not yet seen come back: spares parsing it. */
  readonly #written = new Map<string, { value: Buffer; object: KubernetesObject }>();
  #window = new EventWindow(0);

  constructor(prefix: string, index?: Index) {
    this.prefix = prefix;
    this.#index = index;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** The revision of the last change: a snapshot as of then or later is what is here now. */
  get changedAt(): number {
    return this.#window.newest;
  }

  get(path: string): StoredObject | undefined {
    return this.#objects.get(path);
  }

  /** Entries of the selection in the order of their keys, from `start` on. */
  entries(selection: Selection, start = selection.start): Entry[] {
    const from = start > selection.start ? start : selection.start;
    const wanted = this.#index && selection.exact(this.#index.field);
    if (wanted === undefined) return this.#objects.range(from, selection.end);
    this.#indexed ??= this.#buildIndex();
    const paths = [...(this.#indexed.get(wanted) ?? [])];
    return paths
      .filter((path) => path >= from && path < selection.end)
      .sort()
      .map((path) => ({ path, stored: this.#objects.get(path)! }));
  }

  /** @throws StatusError Expired */
  eventsAfter(revision: number): CacheEvent[] {
    return this.#window.after(revision);
  }

  addWatcher(watcher: Watcher): void {
    this.#watchers.add(watcher);
  }

  removeWatcher(watcher: Watcher): void {
    this.#watchers.delete(watcher);
  }

  bookmark(revision: number): void {
    const resourceVersion = String(revision);
    for (const { allowBookmarks, sink } of this.#watchers) {
      if (allowBookmarks) sink.event("BOOKMARK", undefined, resourceVersion);
    }
  }

  /** Notes what is about to be written, so that its coming back need not be parsed. */
  expect(path: string, value: Buffer, object: KubernetesObject): void {
    this.#written.set(path, { value, object });
  }

  forget(path: string, value: Buffer): void {
    if (this.#written.get(path)?.value === value) this.#written.delete(path);
  }

  /** Puts in what the store held when the cache was filled; no events. */
  load(path: string, value: Buffer, revision: number): void {
    this.#put(path, new StoredObject(value, revision));
  }

  /** Nothing before `revision` can be watched. Ends all watches, which then list anew. */
  restart(revision: number, error: Error): void {
    this.endWatches(error);
    this.#objects.clear();
    this.#indexed = undefined;
    this.#written.clear();
    this.#window = new EventWindow(revision);
  }

  /** The cache holds everything up to `revision`: events begin there. */
  filledAt(revision: number): void {
    this.#window = new EventWindow(revision);
  }

  endWatches(error?: Error): void {
    for (const watcher of [...this.#watchers]) {
      this.#watchers.delete(watcher);
      watcher.sink.end(error);
    }
  }

  apply({ type, kv }: StoreEvent): void {
    const path = kv.key.slice(this.prefix.length);
    const previous = this.#objects.get(path);
    if (type === "put") return this.#applyPut(path, kv.value, kv.modRevision);
    if (!previous) return;
    this.#remove(path, previous);
    const stored = previous.at(kv.modRevision);
    this.#tell({ type: "DELETED", revision: kv.modRevision, path, stored, previous });
  }

  #applyPut(path: string, value: Buffer, revision: number): void {
    const previous = this.#objects.get(path);
    const stored = new StoredObject(value, revision, this.#ownObject(path, value));
    this.#put(path, stored);
    this.#tell({ type: previous ? "MODIFIED" : "ADDED", revision, path, stored, previous });
  }

  #ownObject(path: string, value: Buffer): KubernetesObject | undefined {
    const written = this.#written.get(path);
    if (!written || !written.value.equals(value)) return undefined;
    this.#written.delete(path);
    return written.object;
  }

  #tell(event: CacheEvent): void {
    this.#window.push(event);
    for (const watcher of this.#watchers) this.#tellOne(watcher, event);
  }

  /** A watcher that fails loses its watch; the others go on. */
  #tellOne(watcher: Watcher, event: CacheEvent): void {
    try {
      deliver(watcher, event);
    } catch (error) {
      this.#watchers.delete(watcher);
      watcher.sink.end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #put(path: string, stored: StoredObject): void {
    if (this.#indexed) {
      const previous = this.#objects.get(path);
      if (previous) this.#unindex(path, previous);
      addTo(this.#indexed, this.#index!.valueOf(stored.object), path);
    }
    this.#objects.set(path, stored);
  }

  #remove(path: string, stored: StoredObject): void {
    if (this.#indexed) this.#unindex(path, stored);
    this.#objects.delete(path);
  }

  #unindex(path: string, stored: StoredObject): void {
    const value = this.#index!.valueOf(stored.object);
    const paths = this.#indexed!.get(value);
    paths?.delete(path);
    if (paths?.size === 0) this.#indexed!.delete(value);
  }

  #buildIndex(): Map<string, Set<string>> {
    const indexed = new Map<string, Set<string>>();
    for (const { path, stored } of this.#objects.range("", "\uffff")) {
      addTo(indexed, this.#index!.valueOf(stored.object), path);
    }
    return indexed;
  }
}

function addTo(indexed: Map<string, Set<string>>, value: string, path: string): void {
  const paths = indexed.get(value);
  if (paths) paths.add(path);
  else indexed.set(value, new Set([path]));
}
