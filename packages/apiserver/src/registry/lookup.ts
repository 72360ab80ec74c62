// Looking at other objects from within the server: what admission and behaviours decide by.

import type { Kind, KubernetesObject, ResourceAddress } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import { objectPath, resourcePrefix } from "../storage/keys.ts";
import type { ResourceCache } from "../storage/resource-cache.ts";
import { selectionOf } from "../storage/selection.ts";
import type { WatchCache } from "../storage/watch-cache.ts";
import { patience } from "./patience.ts";
import type { ObjectKey } from "./registry.ts";

type Address = Pick<ResourceAddress, "group" | "resource">;

export class Lookup {
  readonly #all: WatchCache;
  readonly #clock: Clock;
  readonly #kinds: readonly Kind[];

  constructor(all: WatchCache, clock: Clock, kinds: readonly Kind[]) {
    this.#all = all;
    this.#clock = clock;
    this.#kinds = kinds;
  }

  /** With every acknowledged write in it. The object is shared: never alter it. */
  async get(address: Address, key: ObjectKey): Promise<KubernetesObject | undefined> {
    await this.#all.current();
    return this.#cache(address).get(objectPath(key.namespace, key.name))?.object;
  }

  async list(address: Address, namespace = ""): Promise<KubernetesObject[]> {
    await this.#all.current();
    const kind = this.#kindOf(address);
    if (!kind) return [];
    const entries = this.#cache(address).entries(selectionOf(kind, namespace, {}));
    return entries.map(({ stored }) => stored.object);
  }

  /** Waits for an object that another is about to create, `limitMs` at most. */
  async appearing(address: Address, key: ObjectKey, limitMs: number) {
    const present = await this.get(address, key);
    const kind = this.#kindOf(address);
    if (present || !kind || limitMs <= 0) return present;
    const cache = this.#cache(address);
    const fieldSelector = `metadata.name=${key.name}`;
    const selection = selectionOf(kind, key.namespace, { fieldSelector });
    return new Promise<KubernetesObject | undefined>((resolve) => {
      const done = new AbortController();
      const finish = (object: KubernetesObject | undefined) => {
        done.abort();
        cache.removeWatcher(watcher);
        resolve(object);
      };
      const sink = {
        event: (_type: string, stored?: { object: KubernetesObject }) => finish(stored?.object),
        end: () => finish(undefined),
      };
      const afterRevision = this.#all.revision;
      const view = <T>(stored: T) => stored;
      const watcher = { selection, view, sink, allowBookmarks: false, afterRevision };
      cache.addWatcher(watcher);
      void patience(this.#clock, limitMs, done.signal).then(() => finish(undefined));
    });
  }

  #cache(address: Address): ResourceCache {
    return this.#all.resource(resourcePrefix(address));
  }

  #kindOf({ group, resource }: Address): Kind | undefined {
    return this.#kinds.find((kind) => kind.group === group && kind.resource === resource);
  }
}
