// The informer: one list, then a watch from there, for as long as it runs.

import { setMaxListeners } from "node:events";
import { StatusError, type Kind, type KubernetesObject } from "@kubonsai/api";
import type { Clock, Random } from "@kubonsai/clock";
import type { Client, NamedResource, ResourceClient, WatchEvent } from "./client.ts";
import type { Informer, InformerHandlers, InformerOptions } from "./informer.ts";
import type { Logger } from "./logger.ts";
import { ObjectCache } from "./object-cache.ts";
import { compareResourceVersions, joinKey, keyOf } from "./object-key.ts";

export interface InformerSurroundings {
  clock: Clock;
  log: Logger;
  /** Spreads the delays after failures; without it they are exact. */
  random?: Random;
}

const PAGE_SIZE = 500;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;

export function createInformer<T extends KubernetesObject>(
  client: Client,
  kind: Kind<T> | NamedResource,
  options: InformerOptions<T> & InformerSurroundings,
): Informer<T> {
  return new ListWatchInformer<T>(client.resource<T>(kind), options);
}

class ListWatchInformer<T extends KubernetesObject> implements Informer<T> {
  readonly #resource: ResourceClient<T>;
  readonly #options: InformerOptions<T> & InformerSurroundings;
  readonly #cache: ObjectCache<T>;
  readonly #handlers: InformerHandlers<T>[] = [];
  readonly #synced: Promise<void>;
  #markSynced: () => void = () => {};
  /** Where the next watch begins; undefined asks for a new list. */
  #resourceVersion: string | undefined;
  #failures = 0;

  constructor(resource: ResourceClient<T>, options: InformerOptions<T> & InformerSurroundings) {
    this.#resource = resource;
    this.#options = options;
    this.#cache = new ObjectCache(options.indexes);
    this.#synced = new Promise((resolve) => (this.#markSynced = resolve));
  }

  synced(): Promise<void> {
    return this.#synced;
  }

  on(handlers: InformerHandlers<T>): void {
    this.#handlers.push(handlers);
    for (const object of this.#cache.all()) handlers.added?.(object);
  }

  get(namespace: string, name: string): T | undefined {
    return this.#cache.get(joinKey(namespace, name));
  }

  list(namespace?: string): T[] {
    return namespace ? this.#cache.inNamespace(namespace) : this.#cache.all();
  }

  byIndex(index: string, value: string): T[] {
    return this.#cache.byIndex(index, value);
  }

  hasReached(resourceVersion: string): boolean {
    const reached = this.#resourceVersion;
    return reached !== undefined && compareResourceVersions(reached, resourceVersion) >= 0;
  }

  async run(signal: AbortSignal): Promise<void> {
    setMaxListeners(0, signal); // many informers share one
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) await this.#takeList();
        await this.#follow(signal);
      } catch (error) {
        if (!signal.aborted) await this.#recover(error, signal);
      }
    }
  }

  /** Lists from the server's cache, in pages where the server makes pages. */
  async #takeList(): Promise<void> {
    const { namespace = "", labelSelector, fieldSelector } = this.#options;
    const selection = { labelSelector, fieldSelector, limit: PAGE_SIZE };
    let page = await this.#resource.list(namespace, { ...selection, resourceVersion: "0" });
    const items = page.items;
    while (page.metadata.continue) {
      page = await this.#resource.list(namespace, {
        ...selection,
        continue: page.metadata.continue,
      });
      items.push(...page.items);
    }
    this.#resourceVersion = page.metadata.resourceVersion;
    this.#replaceAll(items);
    this.#markSynced();
  }

  #replaceAll(items: T[]): void {
    const listed = new Set(items.map(keyOf));
    for (const key of this.#cache.keys()) {
      if (!listed.has(key)) this.#remove(key);
    }
    for (const item of items) this.#put(item);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { namespace = "", labelSelector, fieldSelector, clock } = this.#options;
    const startMs = clock.now();
    let events = 0;
    const query = {
      labelSelector,
      fieldSelector,
      resourceVersion: this.#resourceVersion,
      allowWatchBookmarks: true,
    };
    for await (const event of this.#resource.watch(namespace, query, signal)) {
      this.#takeEvent(event);
      events++;
      this.#failures = 0;
    }
    // a server that ends watches as soon as they begin must not be asked in a tight loop
    if (events === 0 && clock.now() - startMs < 1000) await this.#wait(signal);
    else this.#failures = 0;
  }

  #takeEvent(event: WatchEvent<T>): void {
    if (event.type === "ERROR") throw watchError(event.object);
    // before the handlers, which may ask hasReached
    this.#resourceVersion = event.object.metadata.resourceVersion;
    if (event.type === "DELETED") this.#remove(keyOf(event.object), event.object);
    else if (event.type !== "BOOKMARK") this.#put(event.object);
  }

  #put(received: T): void {
    const object = this.#options.transform?.(received) ?? received;
    const known = this.#cache.get(keyOf(object));
    if (known?.metadata.resourceVersion === object.metadata.resourceVersion && known) return;
    // deleted and created again between two lists: two objects, not a change of one
    if (known && known.metadata.uid !== object.metadata.uid) this.#remove(keyOf(object));
    const old = this.#cache.set(object);
    for (const handlers of this.#handlers) {
      if (old) handlers.updated?.(object, old);
      else handlers.added?.(object);
    }
  }

  /** `last` is the object's state as it went, where that is known. */
  #remove(key: string, last?: T): void {
    const old = this.#cache.delete(key);
    if (!old) return;
    for (const handlers of this.#handlers) handlers.deleted?.(last ?? old);
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    const { log } = this.#options;
    const fields = { resource: this.#resource.kind.resource, err: error };
    if (error instanceof StatusError) {
      this.#resourceVersion = undefined;
      const isExpired = error.code === 410;
      log[isExpired ? "debug" : "warn"](fields, "list or watch was refused, listing again");
      if (isExpired && this.#failures++ === 0) return;
    } else if (this.#failures === 0) log.warn(fields, "the API server cannot be reached");
    await this.#wait(signal);
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** this.#failures++, LONGEST_DELAY_MS);
    await clock.sleep(delayMs * (1 + (random?.next() ?? 0)), signal);
  }
}

function watchError({ code, reason, message }: { code: number; reason: string; message: string }) {
  return new StatusError(code, reason, message);
}
