// The contract in memory alone: for tests that want a store and no process, folder or socket.

import {
  StoreError,
  type KeyValue,
  type Operation,
  type RangeRequest,
  type RangeResult,
  type StoreClient,
  type StoreEvent,
  type TxnRequest,
  type TxnResult,
  type WatchListener,
  type WatchRequest,
} from "../contract.ts";
import { checkWrites } from "./check-writes.ts";
import { byteOrder, isInRange } from "./key-order.ts";

const NOTHING = Buffer.alloc(0);

interface Watch {
  request: WatchRequest;
  listener: WatchListener;
  next: number;
}

export class MemoryStore implements StoreClient {
  /** Every state of a key since the last compaction, oldest first. */
  readonly #keys = new Map<string, StoreEvent[]>();
  #events: StoreEvent[] = [];
  readonly #watches = new Set<Watch>();
  #revision = 1;
  #compacted = 0;

  async range(request: RangeRequest): Promise<RangeResult> {
    const { revision = this.#revision } = request;
    if (revision > this.#revision) throw future();
    if (revision < this.#compacted) throw compacted();
    return this.#range(request, revision);
  }

  async txn({ compare, success, failure = [] }: TxnRequest): Promise<TxnResult> {
    checkWrites(success);
    checkWrites(failure);
    const succeeded = compare.every(
      ({ key, modRevision }) => (this.#get(key)?.modRevision ?? 0) === modRevision,
    );
    const events: StoreEvent[] = [];
    const operations = succeeded ? success : failure;
    const responses = operations.map((operation) => ({ kvs: this.#carryOut(operation, events) }));
    if (events.length > 0) {
      this.#revision++;
      this.#events.push(...events);
      for (const watch of this.#watches) this.#tell(watch);
    }
    return { succeeded, revision: this.#revision, responses };
  }

  watch(request: WatchRequest, listener: WatchListener, signal: AbortSignal): void {
    if (signal.aborted) return;
    const watch = { request, listener, next: request.startRevision ?? this.#revision + 1 };
    signal.addEventListener("abort", () => this.#watches.delete(watch), { once: true });
    this.#watches.add(watch);
    const { next } = watch;
    queueMicrotask(() => {
      if (!this.#watches.has(watch)) return;
      listener.onCreated?.(this.#revision);
      if (next < this.#compacted) {
        this.#watches.delete(watch);
        listener.onEnd(compacted(this.#compacted));
      } else this.#tell(watch);
    });
  }

  requestProgress(): void {
    queueMicrotask(() => {
      for (const { listener } of this.#watches) listener.onProgress?.(this.#revision);
    });
  }

  async compact(revision: number): Promise<void> {
    if (revision <= this.#compacted) throw compacted();
    if (revision > this.#revision) throw future();
    this.#compacted = revision;
    this.#events = this.#events.filter(({ kv }) => kv.modRevision >= revision);
    for (const [key, states] of this.#keys) {
      const first = states.findLastIndex(({ kv }) => kv.modRevision <= revision);
      this.#keys.set(key, states.slice(Math.max(0, first)));
    }
  }

  async status() {
    return { revision: this.#revision, sizeBytes: 0, version: "memory" };
  }

  async close(): Promise<void> {
    for (const watch of this.#watches) watch.listener.onEnd(undefined);
    this.#watches.clear();
  }

  #get(key: string, revision = Infinity): KeyValue | undefined {
    const state = this.#keys.get(key)?.findLast(({ kv }) => kv.modRevision <= revision);
    return state?.type === "put" ? state.kv : undefined;
  }

  #find({ key, rangeEnd }: { key: string; rangeEnd?: string }, revision?: number): KeyValue[] {
    if (rangeEnd === undefined) return [this.#get(key, revision)].flatMap((kv) => kv ?? []);
    const keys = [...this.#keys.keys()].filter((one) => isInRange(one, key, rangeEnd));
    return keys.sort(byteOrder).flatMap((one) => this.#get(one, revision) ?? []);
  }

  #range(request: RangeRequest, revision?: number): RangeResult {
    const { limit = 0, keysOnly, countOnly } = request;
    const all = this.#find(request, revision);
    const wanted = countOnly ? [] : limit > 0 ? all.slice(0, limit) : all;
    const kvs = keysOnly ? wanted.map((kv) => ({ ...kv, value: NOTHING })) : wanted;
    const more = !countOnly && wanted.length < all.length;
    return { revision: this.#revision, kvs, more, count: all.length };
  }

  /** All changes of a transaction get the revision after the newest. */
  #carryOut(operation: Operation, events: StoreEvent[]): KeyValue[] {
    if ("range" in operation) return this.#range(operation.range, operation.range.revision).kvs;
    const modRevision = this.#revision + 1;
    if ("put" in operation) {
      const { key, value } = operation.put;
      const previous = this.#get(key);
      const createRevision = previous?.createRevision ?? modRevision;
      const version = (previous?.version ?? 0) + 1;
      const kv = { key, value, createRevision, modRevision, version };
      this.#record({ type: "put", kv, previous }, events);
      return [];
    }
    for (const previous of this.#find(operation.delete)) {
      const { key } = previous;
      const kv = { key, value: NOTHING, createRevision: 0, modRevision, version: 0 };
      this.#record({ type: "delete", kv, previous }, events);
    }
    return [];
  }

  #record(event: StoreEvent, events: StoreEvent[]): void {
    events.push(event);
    const { key } = event.kv;
    const states = this.#keys.get(key);
    if (states) states.push(event);
    else this.#keys.set(key, [event]);
  }

  /** In a later turn, as a store across a wire would. */
  #tell(watch: Watch): void {
    queueMicrotask(() => {
      const { request, listener, next } = watch;
      if (!this.#watches.has(watch) || next > this.#revision) return;
      watch.next = this.#revision + 1;
      const events = this.#events
        .filter(({ kv }) => kv.modRevision >= next && isWatched(kv.key, request))
        .map((event) => (request.withPrevious ? event : { type: event.type, kv: event.kv }));
      if (events.length > 0) listener.onEvents(events, this.#revision);
    });
  }
}

const isWatched = (key: string, request: WatchRequest): boolean =>
  request.rangeEnd === undefined
    ? key === request.key
    : isInRange(key, request.key, request.rangeEnd);

const future = () =>
  new StoreError("future", "etcdserver: mvcc: required revision is a future revision");
const compacted = (revision?: number) =>
  new StoreError("compacted", "etcdserver: mvcc: required revision has been compacted", revision);
