// Everything that one sync makes durable: the rows for LevelDB, the same as one record for the log,
// and those who wait for it.

import { RecordParts, type Row } from "../database/log-record.ts";
import {
  currentKey,
  encodeCurrent,
  encodeHistory,
  historyKey,
  keyIndexKey,
  keyIndexValue,
} from "../database/layout.ts";
import { RowSpace } from "../database/row-space.ts";
import type { Change } from "./entry.ts";

/** What LevelDB writes beside a row's key and value. */
const ROW_OVERHEAD_BYTES = 16;

export class Batch {
  readonly changes: Change[] = [];
  readonly rows: Row[] = [];
  readonly answers: (() => void)[] = [];
  readonly refusals: ((error: unknown) => void)[] = [];
  readonly #record = new RecordParts();
  readonly #space = new RowSpace();
  #rowBytes = 0;

  addChange(change: Change): void {
    const { type, entry } = change;
    const position = { revision: entry.modRevision, sub: entry.sub };
    const { allocate } = this.#space;
    const at = historyKey(position, allocate);
    const row = encodeHistory(change, allocate);
    this.changes.push(change);
    this.#record.addChange(at, row);
    const key = currentKey(entry.key, allocate);
    if (type === "put") this.#push({ type: "put", key, value: encodeCurrent(entry, allocate) });
    else this.#push({ type: "del", key });
    this.#push({ type: "put", key: at, value: row });
    const index = keyIndexKey(entry.key, position, allocate);
    this.#push({ type: "put", key: index, value: keyIndexValue(type) });
  }

  addRow(row: Row): void {
    this.#record.addRow(row);
    this.#push(row);
  }

  /** How much LevelDB is given. */
  get rowBytes(): number {
    return this.#rowBytes;
  }

  get record(): RecordParts {
    return this.#record;
  }

  /** LevelDB and the log have copied all rows. Called once. */
  release(): void {
    this.#space.release();
  }

  #push(row: Row): void {
    this.rows.push(row);
    const valueBytes = row.type === "put" ? row.value.length : 0;
    this.#rowBytes += ROW_OVERHEAD_BYTES + row.key.length + valueBytes;
  }
}
