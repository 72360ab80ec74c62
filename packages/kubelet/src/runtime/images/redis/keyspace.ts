// One database of a Redis server: keys with values of five kinds, some of them for a time only.

import { Refusal } from "./resp.ts";

export type Value =
  | { readonly kind: "string"; text: string }
  | { readonly kind: "list"; readonly items: string[] }
  | { readonly kind: "set"; readonly members: Set<string> }
  | { readonly kind: "hash"; readonly fields: Map<string, string> }
  | { readonly kind: "zset"; readonly scores: Map<string, number> };

export type Kind = Value["kind"];

interface Kept {
  value: Value;
  /** Epoch milliseconds; undefined: for good. */
  expiresMs: number | undefined;
}

export class Keyspace {
  readonly #now: () => number;
  readonly #keys = new Map<string, Kept>();

  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.names().length;
  }

  names(): string[] {
    return [...this.#keys.keys()].filter((key) => this.#live(key));
  }

  find(key: string): Value | undefined {
    return this.#live(key)?.value;
  }

  /** @throws Refusal WRONGTYPE when the key holds another kind */
  get<K extends Kind>(key: string, kind: K): Extract<Value, { kind: K }> | undefined {
    const value = this.find(key);
    if (value && value.kind !== kind) throw WRONG_TYPE;
    return value as Extract<Value, { kind: K }> | undefined;
  }

  /** The value of a key, which is made when it is missing. @throws Refusal WRONGTYPE */
  obtain<K extends Kind>(key: string, kind: K): Extract<Value, { kind: K }> {
    const found = this.get(key, kind);
    if (found) return found;
    const made = EMPTY[kind]() as Extract<Value, { kind: K }>;
    this.#keys.set(key, { value: made, expiresMs: undefined });
    return made;
  }

  /** Replaces what was there, its expiry too unless that is kept. */
  set(key: string, value: Value, { keepsExpiry = false } = {}): void {
    const expiresMs = keepsExpiry ? this.#live(key)?.expiresMs : undefined;
    this.#keys.set(key, { value, expiresMs });
  }

  delete(key: string): boolean {
    return this.#live(key) !== undefined && this.#keys.delete(key);
  }

  /** Collections without elements do not exist. */
  dropEmpty(key: string): void {
    const value = this.find(key);
    if (value && isEmpty(value)) this.#keys.delete(key);
  }

  clear(): void {
    this.#keys.clear();
  }

  /** @returns undefined without such a key, null for one that stays */
  expiry(key: string): number | null | undefined {
    const kept = this.#live(key);
    return kept && (kept.expiresMs ?? null);
  }

  /** @param atMs undefined: the key stays. @returns whether there is such a key */
  expire(key: string, atMs: number | undefined): boolean {
    const kept = this.#live(key);
    if (kept) kept.expiresMs = atMs;
    return kept !== undefined;
  }

  /** Expired keys go when somebody looks for them. */
  #live(key: string): Kept | undefined {
    const kept = this.#keys.get(key);
    if (kept?.expiresMs === undefined || kept.expiresMs > this.#now()) return kept;
    this.#keys.delete(key);
    return undefined;
  }
}

export const WRONG_TYPE = new Refusal(
  "WRONGTYPE Operation against a key holding the wrong kind of value",
);

const EMPTY: { readonly [K in Kind]: () => Value } = {
  string: () => ({ kind: "string", text: "" }),
  list: () => ({ kind: "list", items: [] }),
  set: () => ({ kind: "set", members: new Set() }),
  hash: () => ({ kind: "hash", fields: new Map() }),
  zset: () => ({ kind: "zset", scores: new Map() }),
};

function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case "list":
      return value.items.length === 0;
    case "set":
      return value.members.size === 0;
    case "hash":
      return value.fields.size === 0;
    case "zset":
      return value.scores.size === 0;
    default:
      return false;
  }
}
