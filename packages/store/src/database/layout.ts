// The rows of the database, in families told apart by their first byte:
//
//   c KEY                 → CREATE MOD SUB VERSION value             what is there now
//   h REVISION SUB        → TYPE CREATE VERSION PREVIOUS-MOD PREVIOUS-SUB LENGTH KEY value
//                                                                   what happened, in order
//   k KEY' REVISION SUB   → TYPE                                     when a key was written
//   l LEASE               → TTL                                      a lease
//   a LEASE KEY           → nothing                                  a key that ends with a lease
//   m compact             → the revision below which history is forgotten
//   m format, m boot      → the layout's version; the machine's run that wrote here last
//
// The highest bit of VERSION in `c`, and the type 2 in `h`, tell that LEASE (8) stands before the value.
//
// put /a = 1 (revision 2), then put /a = 2 and delete /b in one transaction (revision 3):
//
//   c /a       → create 2, mod 3, sub 0, version 2, "2"
//   h 2 0      → put /a "1"        h 3 0 → put /a "2", previous 2 0        h 3 1 → delete /b
//   k /a 2 0,  k /a 3 0,  k /b 3 1
//
// A read of now scans `c`, a read of the past looks revisions up in `k` and values in `h`, a watch
// replays `h`. Keys are byte strings: one char code (0-255) a byte, so that `<` orders them as bytes.

import type { Change, Entry } from "../multi-version/entry.ts";
import type { Allocate } from "./row-space.ts";

/** Rows that stay with whoever asked for them. */
const own: Allocate = (bytes) => Buffer.allocUnsafe(bytes);

const CURRENT = 0x63;
const HISTORY = 0x68;
const KEY_INDEX = 0x6b;
const PUT = 0;
const DELETE = 1;
const PUT_LEASED = 2;
const LEASE = 0x6c;
const ATTACHMENT = 0x61;
const LEASED_FLAG = 0x80;
const LEASE_BYTES = 8;

const REVISION_BYTES = 8;
const POSITION_BYTES = REVISION_BYTES + 4;
const CURRENT_HEADER_BYTES = 3 * REVISION_BYTES + 4;
const VERSION_AT = REVISION_BYTES + POSITION_BYTES;
const HISTORY_HEADER_BYTES = 1 + 2 * REVISION_BYTES + POSITION_BYTES + 4;

export const COMPACT_ROW = Buffer.from("mcompact");
export const FORMAT_ROW = Buffer.from("mformat");
export const BOOT_ROW = Buffer.from("mboot");

/** The `sub`-th change of a revision. */
export interface Position {
  revision: number;
  sub: number;
}

export function currentKey(key: string, allocate = own): Buffer {
  const row = allocate(1 + key.length);
  row[0] = CURRENT;
  row.write(key, 1, "latin1");
  return row;
}

/** After the last row of current state. */
export const CURRENT_END = Buffer.from([CURRENT + 1]);
export const HISTORY_END = Buffer.from([HISTORY + 1]);
export const KEY_INDEX_END = Buffer.from([KEY_INDEX + 1]);

export const keyOfCurrent = (row: Buffer): string => row.toString("latin1", 1);

export function encodeCurrent(entry: Entry, allocate = own): Buffer {
  const { value, lease } = entry;
  const leaseBytes = lease === 0n ? 0 : LEASE_BYTES;
  const row = allocate(CURRENT_HEADER_BYTES + leaseBytes + value.length);
  writeRevision(row, entry.createRevision, 0);
  writePosition(row, entry.modRevision, entry.sub, REVISION_BYTES);
  writeRevision(row, entry.version, VERSION_AT);
  if (leaseBytes > 0) {
    row[VERSION_AT]! |= LEASED_FLAG;
    row.writeBigInt64BE(lease, CURRENT_HEADER_BYTES);
  }
  row.set(value, CURRENT_HEADER_BYTES + leaseBytes);
  return row;
}

export function decodeCurrent(key: string, row: Buffer): Entry {
  const isLeased = (row[VERSION_AT]! & LEASED_FLAG) !== 0;
  return {
    key,
    value: row.subarray(CURRENT_HEADER_BYTES + (isLeased ? LEASE_BYTES : 0)),
    createRevision: readRevision(row, 0),
    modRevision: readRevision(row, REVISION_BYTES),
    sub: row.readUInt32BE(2 * REVISION_BYTES),
    version:
      (row.readUInt32BE(VERSION_AT) & 0x7fffffff) * 2 ** 32 + row.readUInt32BE(VERSION_AT + 4),
    lease: isLeased ? row.readBigInt64BE(CURRENT_HEADER_BYTES) : 0n,
  };
}

export function historyKey({ revision, sub }: Position, allocate = own): Buffer {
  const row = allocate(1 + POSITION_BYTES);
  row[0] = HISTORY;
  writePosition(row, revision, sub, 1);
  return row;
}

export const positionOfHistory = (row: Buffer): Position => readPosition(row, 1);

export function encodeHistory({ type, entry, previous }: Change, allocate = own): Buffer {
  const { key, value, lease } = entry;
  const leaseBytes = lease === 0n ? 0 : LEASE_BYTES;
  const valueAt = HISTORY_HEADER_BYTES + key.length + leaseBytes;
  const row = allocate(valueAt + value.length);
  row[0] = type === "delete" ? DELETE : leaseBytes > 0 ? PUT_LEASED : PUT;
  writeRevision(row, entry.createRevision, 1);
  writeRevision(row, entry.version, 1 + REVISION_BYTES);
  writePosition(row, previous?.modRevision ?? 0, previous?.sub ?? 0, 1 + 2 * REVISION_BYTES);
  row.writeUInt32BE(key.length, HISTORY_HEADER_BYTES - 4);
  row.write(key, HISTORY_HEADER_BYTES, "latin1");
  if (leaseBytes > 0) row.writeBigInt64BE(lease, valueAt - LEASE_BYTES);
  row.set(value, valueAt);
  return row;
}

export interface HistoryRow {
  type: Change["type"];
  entry: Entry;
  /** Where the key was written before; revision 0: it did not exist. */
  previous: Position;
}

export function decodeHistory(key: Buffer, row: Buffer): HistoryRow {
  const { revision, sub } = positionOfHistory(key);
  const keyEnd = HISTORY_HEADER_BYTES + row.readUInt32BE(HISTORY_HEADER_BYTES - 4);
  const isLeased = row[0] === PUT_LEASED;
  return {
    type: row[0] === DELETE ? "delete" : "put",
    entry: {
      key: row.toString("latin1", HISTORY_HEADER_BYTES, keyEnd),
      value: row.subarray(keyEnd + (isLeased ? LEASE_BYTES : 0)),
      createRevision: readRevision(row, 1),
      modRevision: revision,
      sub,
      version: readRevision(row, 1 + REVISION_BYTES),
      lease: isLeased ? row.readBigInt64BE(keyEnd) : 0n,
    },
    previous: readPosition(row, 1 + 2 * REVISION_BYTES),
  };
}

/**
 * The start of a key's rows in the index. A zero byte is written 00 FF and the end 00 01, so that no
 * key's rows lie between those of another and the order is that of the keys.
 */
export function keyIndexPrefix(key: string, allocate = own): Buffer {
  const escaped = key.includes("\0") ? key.replaceAll("\0", "\0\xff") : key;
  const prefix = allocate(escaped.length + 3);
  prefix.write(`k${escaped}\0\x01`, "latin1");
  return prefix;
}

export function keyIndexKey(key: string, { revision, sub }: Position, allocate = own): Buffer {
  const prefix = keyIndexPrefix(key, allocate);
  const row = allocate(prefix.length + POSITION_BYTES);
  prefix.copy(row);
  writePosition(row, revision, sub, prefix.length);
  return row;
}

export const keyIndexValue = (type: Change["type"]): Buffer =>
  type === "delete" ? DELETE_MARK : PUT_MARK;
export const isDeletion = (mark: Buffer): boolean => mark[0] === DELETE;

/** The part of an index row that stands for its key: equal for all rows of one key. */
export const keyPartOfIndex = (row: Buffer): Buffer => row.subarray(0, -POSITION_BYTES);
export const positionOfIndex = (row: Buffer): Position =>
  readPosition(row, row.length - POSITION_BYTES);

export function leaseKey(lease: bigint): Buffer {
  const row = Buffer.allocUnsafe(1 + LEASE_BYTES);
  row[0] = LEASE;
  row.writeBigInt64BE(lease, 1);
  return row;
}

export const leaseOf = (row: Buffer): bigint => row.readBigInt64BE(1);
export const LEASES = { gte: Buffer.from([LEASE]), lt: Buffer.from([LEASE + 1]) };

export function attachmentKey(lease: bigint, key: string): Buffer {
  const row = Buffer.allocUnsafe(1 + LEASE_BYTES + key.length);
  row[0] = ATTACHMENT;
  row.writeBigInt64BE(lease, 1);
  row.write(key, 1 + LEASE_BYTES, "latin1");
  return row;
}

export const keyOfAttachment = (row: Buffer): string => row.toString("latin1", 1 + LEASE_BYTES);
export const ATTACHMENTS = { gte: Buffer.from([ATTACHMENT]), lt: Buffer.from([ATTACHMENT + 1]) };

export function encodeRevision(revision: number): Buffer {
  const row = Buffer.allocUnsafe(REVISION_BYTES);
  writeRevision(row, revision, 0);
  return row;
}

export const decodeRevision = (row: Buffer): number => readRevision(row, 0);

const PUT_MARK = Buffer.from([PUT]);
const DELETE_MARK = Buffer.from([DELETE]);

function writePosition(row: Buffer, revision: number, sub: number, at: number): void {
  writeRevision(row, revision, at);
  row.writeUInt32BE(sub, at + REVISION_BYTES);
}

const readPosition = (row: Buffer, at: number): Position => ({
  revision: readRevision(row, at),
  sub: row.readUInt32BE(at + REVISION_BYTES),
});

function writeRevision(row: Buffer, revision: number, at: number): void {
  row.writeUInt32BE(Math.floor(revision / 2 ** 32), at);
  row.writeUInt32BE(revision >>> 0, at + 4);
}

const readRevision = (row: Buffer, at: number): number =>
  row.readUInt32BE(at) * 2 ** 32 + row.readUInt32BE(at + 4);
