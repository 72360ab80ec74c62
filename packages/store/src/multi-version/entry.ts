// What the store is about: a key's state, and one change of it.

/** A key as of one revision. `key` is a byte string: one char code (0-255) a byte. */
export interface Entry {
  readonly key: string;
  readonly value: Buffer;
  readonly createRevision: number;
  readonly modRevision: number;
  /** Which change of that revision it was, from 0. */
  readonly sub: number;
  /** How often it was written since it was created, from 1; 0 for a deletion. */
  readonly version: number;
  /** The lease with which the key ends; 0: none. */
  readonly lease: bigint;
}

export interface Change {
  readonly type: "put" | "delete";
  /** Of a delete: the key and its revision, no value. */
  readonly entry: Entry;
  readonly previous: Entry | undefined;
}

/** `key` alone without `end`; else all keys from `key` to before `end`. */
export interface KeyRange {
  readonly key: string;
  readonly end: string | undefined;
}

/** etcd's `range_end` of one zero byte: no end at all. */
export const OPEN_END = "\0";

export function isInside({ key, end }: KeyRange, candidate: string): boolean {
  if (end === undefined) return candidate === key;
  return candidate >= key && (end === OPEN_END || candidate < end);
}
