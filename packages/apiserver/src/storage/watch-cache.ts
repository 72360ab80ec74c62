// Everything in the store, kept current by one watch on it, one `ResourceCache` per resource.
// Reads are answered from here once it has caught up with what they must not miss.

import { serviceUnavailable, StatusError, tooManyRequests } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import { prefixEnd, StoreError, type StoreClient, type StoreEvent } from "@kubonsai/store";
import type { Logger } from "../logger.ts";
import { ROOT } from "./keys.ts";
import { NewestRevision } from "./newest-revision.ts";
import { ResourceCache, type Index } from "./resource-cache.ts";

const PAGE = 5_000;
const RETRY_MS = 200;
const BOOKMARK_PERIOD_MS = 60_000;
const FRESHNESS_LIMIT_MS = 3_000;
/** When what was waited for is not about our keys, only the store can say that nothing is missing. */
const ASK_FOR_PROGRESS_MS = 100;

export interface WatchCacheOptions {
  store: StoreClient;
  sharesStore?: boolean;
  clock: Clock;
  log: Logger;
}

interface Waiter {
  revision: number;
  resolve: () => void;
}

export class WatchCache {
  readonly #store: StoreClient;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #resources = new Map<string, ResourceCache>();
  readonly #closing = new AbortController();
  readonly #waiters = new Set<Waiter>();
  #revision = 0;
  /** The newest revision that a write of ours was answered with. */
  #acknowledged = 0;
  #isFilled = false;
  readonly #newest: NewestRevision | undefined;

  constructor({ store, sharesStore, clock, log }: WatchCacheOptions) {
    this.#store = store;
    if (sharesStore) this.#newest = new NewestRevision(store);
    this.#clock = clock;
    this.#log = log;
  }

  /** Everything up to this revision is here. */
  get revision(): number {
    return this.#revision;
  }

  /** The cache below `prefix`; before `start`, or for a resource that the store has none of. */
  resource(prefix: string, index?: Index): ResourceCache {
    let cache = this.#resources.get(prefix);
    if (!cache) {
      cache = new ResourceCache(prefix, index);
      cache.filledAt(this.#revision);
      this.#resources.set(prefix, cache);
    }
    return cache;
  }

  /** Resolves when everything is read, however long the store takes to come up. */
  async start(): Promise<void> {
    await this.#fill();
    const bookmarks = this.#clock.every(BOOKMARK_PERIOD_MS, () => {
      for (const cache of this.#resources.values()) cache.bookmark(this.#revision);
    });
    this.#closing.signal.addEventListener("abort", () => bookmarks.cancel());
  }

  /** A write was answered with this revision: later reads must show it. */
  acknowledge(revision: number): void {
    if (revision > this.#acknowledged) this.#acknowledged = revision;
  }

  /**
   * Resolves when every acknowledged write is here, also those of others who share the store.
   * @throws StatusError TooManyRequests while the store is being read
   */
  async current(): Promise<void> {
    if (!this.#isFilled) throw tooManyRequests("storage is (re)initializing", 1);
    if (this.#newest) await this.#reachedByAll(await this.#newest.get());
    if (this.#revision < this.#acknowledged) await this.reached(this.#acknowledged);
  }

  async #reachedByAll(revision: number): Promise<void> {
    if (this.#revision >= revision) return;
    const question = this.#clock.after(ASK_FOR_PROGRESS_MS, () => this.#store.requestProgress?.());
    try {
      await this.reached(revision);
    } finally {
      question.cancel();
    }
  }

  /** @throws StatusError Timeout when the store does not get that far in three seconds */
  reached(revision: number): Promise<void> {
    if (this.#revision >= revision) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiter = { revision, resolve: () => (timer.cancel(), resolve()) };
      const timer = this.#clock.after(FRESHNESS_LIMIT_MS, () => {
        this.#waiters.delete(waiter);
        reject(tooLarge(revision, this.#revision));
      });
      this.#waiters.add(waiter);
    });
  }

  close(): void {
    this.#closing.abort();
    for (const cache of this.#resources.values()) cache.endWatches();
  }

  async #fill(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        return this.#follow(await this.#load());
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        this.#log.warn({ error: error.message }, "the store cannot be read, trying again");
        await this.#clock.sleep(RETRY_MS, this.#closing.signal);
      }
    }
  }

  /** Reads everything as of one revision and returns that. */
  async #load(): Promise<number> {
    const rangeEnd = prefixEnd(ROOT);
    let page = await this.#store.range({ key: ROOT, rangeEnd, limit: PAGE });
    const { revision } = page;
    const reason = serviceUnavailable("storage is (re)initializing");
    for (const cache of this.#resources.values()) cache.restart(revision, reason);
    for (;;) {
      for (const kv of page.kvs) {
        const cache = this.#cacheOf(kv.key);
        cache?.load(kv.key.slice(cache.prefix.length), kv.value, kv.modRevision);
      }
      if (!page.more) return revision;
      const key = `${page.kvs.at(-1)!.key}\0`;
      page = await this.#store.range({ key, rangeEnd, limit: PAGE, revision });
    }
  }

  #follow(revision: number): void {
    this.#isFilled = true;
    this.#advanceTo(revision);
    const ended = new AbortController();
    this.#store.watch(
      { key: ROOT, rangeEnd: prefixEnd(ROOT), startRevision: revision + 1 },
      {
        onEvents: (events, newest) => this.#apply(events, newest),
        onProgress: (newest) => this.#advanceTo(newest),
        onEnd: (error) => {
          ended.abort();
          void this.#afterEnd(error);
        },
      },
      AbortSignal.any([this.#closing.signal, ended.signal]),
    );
  }

  /** The store forgot what we had not yet seen: everything is read again. */
  async #afterEnd(error: StoreError | undefined): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#log.warn({ error: error?.message }, "the store's watch ended, reading everything again");
    this.#isFilled = false;
    try {
      await this.#fill();
    } catch (failure) {
      this.#log.error({ error: String(failure) }, "the store cannot be read");
    }
  }

  #apply(events: StoreEvent[], revision: number): void {
    for (const event of events) {
      try {
        this.#cacheOf(event.kv.key)?.apply(event);
      } catch (error) {
        this.#log.error({ key: event.kv.key, error: String(error) }, "an event could not be told");
      }
    }
    this.#advanceTo(revision);
  }

  #advanceTo(revision: number): void {
    if (revision <= this.#revision) return;
    this.#revision = revision;
    for (const waiter of this.#waiters) {
      if (waiter.revision > revision) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  /** `/registry/pods/default/web` lies below `/registry/pods/`; some prefixes have one part more. */
  #cacheOf(key: string): ResourceCache | undefined {
    const first = key.indexOf("/", ROOT.length) + 1;
    const found = this.#resources.get(key.slice(0, first));
    return found ?? this.#resources.get(key.slice(0, key.indexOf("/", first) + 1));
  }
}

function tooLarge(wanted: number, current: number): StatusError {
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`;
  const causes = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  return new StatusError(504, "Timeout", message, { causes, retryAfterSeconds: 1 });
}
