// The store as the apiserver uses it: etcd's key-value, transaction and watch calls in our words.
// Keys are text (`/registry/pods/default/web`), values are bytes; the store knows nothing of either.

export interface StoreClient {
  /** @throws StoreError `compacted` or `future` when `revision` cannot be read */
  range(request: RangeRequest): Promise<RangeResult>;
  /** All of `success` or all of `failure`, at one new revision. */
  txn(request: TxnRequest): Promise<TxnResult>;
  /** Events from `startRevision` on, in order, none missed, none doubled; ends when `signal` aborts. */
  watch(request: WatchRequest, listener: WatchListener, signal: AbortSignal): void;
  /** Asks how far the watches are: `onProgress` of each follows, when the store can tell. */
  requestProgress?(): void;
  /** Forgets history below `revision`. */
  compact(revision: number): Promise<void>;
  /** The newest revision and the bytes on disk. */
  status(): Promise<{ revision: number; sizeBytes: number; version: string }>;
  close(): Promise<void>;
}

export interface KeyValue {
  key: string;
  value: Buffer;
  createRevision: number;
  modRevision: number;
  /** How often the key was written since it was created, from 1. */
  version: number;
}

export interface RangeRequest {
  key: string;
  /** Exclusive; absent: `key` alone. See `prefixEnd`. */
  rangeEnd?: string;
  limit?: number;
  /** Absent: the newest. */
  revision?: number;
  keysOnly?: boolean;
  countOnly?: boolean;
}

export interface RangeResult {
  /** The store's newest revision at the time of the answer. */
  revision: number;
  kvs: KeyValue[];
  more: boolean;
  /** Keys in the whole range, whatever the limit. */
  count: number;
}

export interface TxnRequest {
  /** All must hold; a `modRevision` of 0 means "the key does not exist". */
  compare: { key: string; modRevision: number }[];
  success: Operation[];
  failure?: Operation[];
}

export type Operation =
  | { put: { key: string; value: Buffer } }
  | { delete: { key: string; rangeEnd?: string } }
  | { range: RangeRequest };

export interface TxnResult {
  succeeded: boolean;
  revision: number;
  /** One per operation carried out, in order; `kvs` of a range, else empty. */
  responses: { kvs: KeyValue[] }[];
}

export interface WatchRequest {
  key: string;
  rangeEnd?: string;
  /** The first revision to deliver; absent: from now on. */
  startRevision?: number;
  /** Events carry `previous`, which doubles what is sent. */
  withPrevious?: boolean;
}

export interface WatchListener {
  /** The watch is registered; `revision` is the store's at that moment. */
  onCreated?(revision: number): void;
  /** All events of one or more whole revisions, oldest first. */
  onEvents(events: StoreEvent[], revision: number): void;
  /** Everything up to `revision` has been delivered (answers to progress requests, idle notices). */
  onProgress?(revision: number): void;
  /** The watch is over and will not resume: `compacted` means relist. Broken connections resume. */
  onEnd(error: StoreError | undefined): void;
}

export interface StoreEvent {
  type: "put" | "delete";
  /** For a delete: the key and the revision of the deletion, an empty value. */
  kv: KeyValue;
  /** The value before, when it was asked for and history still has it. */
  previous?: KeyValue;
}

export type StoreErrorCode = "compacted" | "future" | "invalid" | "unavailable";

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** With `compacted`: the oldest revision that can still be read. */
  readonly compactRevision?: number;

  constructor(code: StoreErrorCode, message: string, compactRevision?: number) {
    super(message);
    this.name = "StoreError";
    this.code = code;
    this.compactRevision = compactRevision;
  }
}

/** The exclusive end of all keys that start with `prefix`: `"/a/"` → `"/a0"`. */
export function prefixEnd(prefix: string): string {
  const last = prefix.charCodeAt(prefix.length - 1);
  return prefix.slice(0, -1) + String.fromCharCode(last + 1);
}
