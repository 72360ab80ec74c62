// Snapshots in Redis' file format (RDB, version 11, its plain encodings), so that keys on a volume
// outlive the server. Strings hold one byte per character, as everywhere here.

import { Keyspace, type Kind, type Value } from "./keyspace.ts";

const MAGIC = "REDIS0011";
const [SELECT, EXPIRES_MS, END] = ["\xfe", "\xfc", "\xff"];
const TYPES: { readonly [K in Kind]: number } = { string: 0, list: 1, set: 2, hash: 4, zset: 5 };
/** Zero says that there is no checksum. */
const NO_CHECKSUM = "\0".repeat(8);

export function writeSnapshot(databases: readonly Keyspace[]): Uint8Array {
  let text = MAGIC;
  for (const [index, keys] of databases.entries()) {
    const names = keys.names();
    if (names.length > 0) text += SELECT + size(index);
    for (const key of names) text += record(keys, key);
  }
  return Buffer.from(text + END + NO_CHECKSUM, "latin1");
}

function record(keys: Keyspace, key: string): string {
  const value = keys.find(key)!;
  const expiresMs = keys.expiry(key);
  const expiry = typeof expiresMs === "number" ? EXPIRES_MS + wholeNumber(expiresMs) : "";
  return expiry + String.fromCharCode(TYPES[value.kind]) + string(key) + content(value);
}

function content(value: Value): string {
  switch (value.kind) {
    case "string":
      return string(value.text);
    case "list":
      return size(value.items.length) + value.items.map(string).join("");
    case "set":
      return size(value.members.size) + [...value.members].map(string).join("");
    case "hash":
      return size(value.fields.size) + [...value.fields].flat().map(string).join("");
    case "zset": {
      const pairs = [...value.scores].map(([member, score]) => string(member) + double(score));
      return size(pairs.length) + pairs.join("");
    }
  }
}

function string(text: string): string {
  return size(text.length) + text;
}

/** One byte below 64, two below 16384, else a mark and four. */
function size(number: number): string {
  if (number < 64) return String.fromCharCode(number);
  if (number < 16_384) return String.fromCharCode(0x40 | (number >> 8), number & 0xff);
  const bytes = Buffer.alloc(5, 0x80);
  bytes.writeUInt32BE(number, 1);
  return bytes.toString("latin1");
}

function wholeNumber(number: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(Math.round(number)));
  return bytes.toString("latin1");
}

function double(number: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(number);
  return bytes.toString("latin1");
}

/** Fills the databases. @returns false for what is no snapshot of this kind */
export function readSnapshot(bytes: Uint8Array, databases: readonly Keyspace[]): boolean {
  const reader = new Reader(Buffer.from(bytes));
  if (!/^REDIS\d{4}$/.test(reader.take(MAGIC.length).toString("latin1"))) return false;
  try {
    fill(reader, databases);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** @throws RangeError past the end, or at what this reader does not know */
function fill(reader: Reader, databases: readonly Keyspace[]): void {
  let keys = databases[0]!;
  let expiresMs: number | undefined;
  for (;;) {
    const mark = reader.take(1).toString("latin1");
    if (mark === END) return;
    if (mark === SELECT) keys = databases[reader.size()] ?? keys;
    else if (mark === EXPIRES_MS) expiresMs = Number(reader.take(8).readBigInt64LE());
    else {
      const key = reader.string();
      keys.set(key, reader.value(mark.charCodeAt(0)));
      keys.expire(key, expiresMs);
      expiresMs = undefined;
    }
  }
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(count: number): Buffer {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new RangeError("the snapshot is cut off");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  size(): number {
    const first = this.take(1)[0]!;
    if (first < 0x40) return first;
    if (first < 0x80) return ((first & 0x3f) << 8) | this.take(1)[0]!;
    if (first === 0x80) return this.take(4).readUInt32BE();
    throw new RangeError("an encoding that is not read here");
  }

  string(): string {
    return this.take(this.size()).toString("latin1");
  }

  value(type: number): Value {
    if (type === TYPES.string) return { kind: "string", text: this.string() };
    const length = this.size();
    const each = <T>(read: () => T): T[] => Array.from({ length }, read);
    const pair = (): [string, string] => [this.string(), this.string()];
    if (type === TYPES.list) return { kind: "list", items: each(() => this.string()) };
    if (type === TYPES.set) return { kind: "set", members: new Set(each(() => this.string())) };
    if (type === TYPES.hash) return { kind: "hash", fields: new Map(each(pair)) };
    if (type !== TYPES.zset) throw new RangeError("a kind that is not read here");
    const scored = (): [string, number] => [this.string(), this.take(8).readDoubleLE()];
    return { kind: "zset", scores: new Map(each(scored)) };
  }
}
