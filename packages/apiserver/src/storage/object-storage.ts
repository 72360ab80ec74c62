// Reading and writing the objects of one stored resource. Writes are conditional on the revision that
// they were made from; a lost race gives the object as it is now, so that the caller can try again.

import { StatusError, serviceUnavailable, type KubernetesObject } from "@kubonsai/api";
import {
  prefixEnd,
  StoreError,
  type KeyValue,
  type Operation,
  type RangeResult,
  type StoreClient,
} from "@kubonsai/store";
import { encode } from "./codec.ts";
import type { ResourceCache } from "./resource-cache.ts";
import { StoredObject } from "./stored-object.ts";
import type { WatchCache } from "./watch-cache.ts";

/** What became of a conditional write: done, or what was there instead. */
export type Written =
  | { readonly done: true; readonly stored: StoredObject }
  | { readonly done: false; readonly current: StoredObject | undefined };

/** Kubernetes' limit for a request to etcd. */
const LARGEST_VALUE_BYTES = 1.5 * 1024 * 1024;

export class ObjectStorage {
  readonly cache: ResourceCache;
  readonly #all: WatchCache;
  readonly #store: StoreClient;

  constructor(store: StoreClient, all: WatchCache, cache: ResourceCache) {
    this.#store = store;
    this.#all = all;
    this.cache = cache;
  }

  keyOf(path: string): string {
    return this.cache.prefix + path;
  }

  /** As the cache has it, which may be a moment behind. */
  peek(path: string): StoredObject | undefined {
    return this.cache.get(path);
  }

  /** With every acknowledged write in it. */
  async get(path: string): Promise<StoredObject | undefined> {
    await this.#all.current();
    return this.cache.get(path);
  }

  create(path: string, object: KubernetesObject): Promise<Written> {
    return this.#put(path, object, 0);
  }

  /** @param object becomes the stored version's own: never alter it afterwards */
  replace(path: string, object: KubernetesObject, was: StoredObject): Promise<Written> {
    return this.#put(path, object, was.revision);
  }

  /** Done: `stored` is the last state, as of the deletion's revision. */
  async remove(path: string, was: StoredObject): Promise<Written> {
    const key = this.keyOf(path);
    const result = await this.#write(key, was.revision, { delete: { key } });
    if (result.current) return { done: false, current: stored(result.current) };
    if (result.isMissing) return { done: false, current: undefined };
    return { done: true, stored: was.at(result.revision) };
  }

  /** Objects from `start` on as of `revision`. @throws StoreError `compacted` */
  async snapshot(request: SnapshotRequest): Promise<RangeResult> {
    const { start, end, revision, limit } = request;
    const { prefix } = this.cache;
    const rangeEnd = end === undefined ? prefixEnd(prefix) : prefix + end;
    try {
      return await this.#store.range({ key: prefix + start, rangeEnd, limit, revision });
    } catch (error) {
      if (error instanceof StoreError && error.code === "compacted") throw error;
      throw asStatus(error);
    }
  }

  async #put(path: string, object: KubernetesObject, revision: number): Promise<Written> {
    const key = this.keyOf(path);
    const value = encode(object);
    if (value.length > LARGEST_VALUE_BYTES) throw tooLarge();
    this.cache.expect(path, value, object);
    let result;
    try {
      result = await this.#write(key, revision, { put: { key, value } });
    } catch (error) {
      this.cache.forget(path, value);
      throw error;
    }
    if (!result.isMissing && !result.current) {
      return { done: true, stored: this.#own(path, value, result.revision, object) };
    }
    this.cache.forget(path, value);
    return { done: false, current: result.current && stored(result.current) };
  }

  /** The same version object as the cache's, when the watch was faster than the answer. */
  #own(path: string, value: Buffer, revision: number, object: KubernetesObject): StoredObject {
    const cached = this.cache.get(path);
    if (cached?.revision === revision) return cached;
    return new StoredObject(value, revision, object);
  }

  async #write(
    key: string,
    modRevision: number,
    operation: Operation,
  ): Promise<{ revision: number; isMissing: boolean; current?: KeyValue }> {
    try {
      const { succeeded, revision, responses } = await this.#store.txn({
        compare: [{ key, modRevision }],
        success: [operation],
        failure: [{ range: { key } }],
      });
      if (succeeded) {
        this.#all.acknowledge(revision);
        return { revision, isMissing: false };
      }
      const current = responses[0]?.kvs[0];
      return { revision, isMissing: current === undefined, current };
    } catch (error) {
      throw asStatus(error);
    }
  }
}

export interface SnapshotRequest {
  /** Paths below the resource's prefix; `end` is exclusive. */
  start: string;
  end?: string;
  /** Absent: the newest. */
  revision?: number;
  limit?: number;
}

function stored(kv: KeyValue): StoredObject {
  return new StoredObject(kv.value, kv.modRevision);
}

/** A store that cannot be reached is a matter of time: clients are told to try again. */
export function asStatus(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  if (error.code !== "unavailable") return new StatusError(500, "", `etcdserver: ${error.message}`);
  const unavailable = serviceUnavailable(`the store cannot be reached: ${error.message}`);
  const { code, reason, message } = unavailable;
  return new StatusError(code, reason, message, { retryAfterSeconds: 1 });
}

const tooLarge = () => new StatusError(500, "", "etcdserver: request is too large");
