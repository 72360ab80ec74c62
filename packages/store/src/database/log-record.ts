// What a record of the write-ahead log holds: the changes of a batch as rows of history, from which
// the other rows follow, and rows that follow from nothing else.
//
//   00 LENGTH (4)  history key (13)  history row         a change
//   01 LENGTH (4)  LENGTH (4)  key  value                a row that is put
//   02 LENGTH (4)  key                                   a row that is deleted

import {
  currentKey,
  decodeHistory,
  encodeCurrent,
  keyIndexKey,
  keyIndexValue,
  positionOfHistory,
} from "./layout.ts";
import { WriteAheadLog } from "./write-ahead-log.ts";

/** As LevelDB's batches take them. */
export type Row = { type: "put"; key: Buffer; value: Buffer } | { type: "del"; key: Buffer };

const CHANGE = 0;
const PUT = 1;
const DELETE = 2;
const HISTORY_KEY_BYTES = 13;

/** Gathers the parts of one record. */
export class RecordParts {
  readonly #parts: Buffer[] = [];
  #length = 0;

  addChange(historyKey: Buffer, historyRow: Buffer): void {
    this.#add(head(CHANGE, historyRow.length), historyKey, historyRow);
  }

  addRow(row: Row): void {
    if (row.type === "del") return this.#add(head(DELETE, row.key.length), row.key);
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(row.value.length);
    this.#add(head(PUT, row.key.length), length, row.key, row.value);
  }

  /** Ready for the log. */
  join(log: WriteAheadLog): Buffer {
    const record = log.record(this.#length);
    let at = WriteAheadLog.payloadStart;
    for (const part of this.#parts) {
      record.set(part, at);
      at += part.length;
    }
    return record;
  }

  #add(...parts: Buffer[]): void {
    for (const part of parts) {
      this.#parts.push(part);
      this.#length += part.length;
    }
  }
}

function head(kind: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(5);
  bytes[0] = kind;
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

/** The rows that a record stands for, of changes after `revision` alone. */
export function rowsOf(payload: Buffer, revision: number): Row[] {
  const rows: Row[] = [];
  let at = 0;
  const take = (length: number) => payload.subarray(at, (at += length));
  const number = () => take(4).readUInt32BE();
  while (at < payload.length) {
    const kind = take(1)[0];
    const length = number();
    if (kind === CHANGE) {
      const key = take(HISTORY_KEY_BYTES);
      const row = take(length);
      if (positionOfHistory(key).revision > revision) rows.push(...rowsOfChange(key, row));
    } else if (kind === PUT) {
      const valueLength = number();
      rows.push({ type: "put", key: take(length), value: take(valueLength) });
    } else rows.push({ type: "del", key: take(length) });
  }
  return rows;
}

function rowsOfChange(key: Buffer, row: Buffer): Row[] {
  const { type, entry } = decodeHistory(key, row);
  const at = currentKey(entry.key);
  const current: Row =
    type === "put"
      ? { type: "put", key: at, value: encodeCurrent(entry) }
      : { type: "del", key: at };
  const index = keyIndexKey(entry.key, positionOfHistory(key));
  return [
    current,
    { type: "put", key, value: row },
    { type: "put", key: index, value: keyIndexValue(type) },
  ];
}
