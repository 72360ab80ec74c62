// Everything up to one revision, all of it on disk: what reads are answered from.

import { crc32 } from "node:zlib";
import {
  CURRENT_END,
  currentKey,
  decodeCurrent,
  decodeHistory,
  historyKey,
  isDeletion,
  KEY_INDEX_END,
  keyIndexPrefix,
  keyOfCurrent,
  keyPartOfIndex,
  positionOfIndex,
  type Position,
} from "../database/layout.ts";
import type { Database } from "../database/open-database.ts";
import { OPEN_END, type Entry, type KeyRange } from "./entry.ts";

type Snapshot = ReturnType<Database["snapshot"]>;

export interface Selection {
  /** 0: all */
  limit: number;
  countOnly?: boolean;
}

export interface Selected {
  entries: Entry[];
  /** Of all keys in the range, whatever the limit. */
  count: number;
}

const SCAN_BYTES = 1024 * 1024;
const SCAN_ROWS = 1000;

export class View {
  readonly revision: number;
  readonly #database: Database;
  readonly #snapshot: Snapshot;
  #readers = 0;
  #isRetired = false;

  constructor(database: Database, revision: number) {
    this.#database = database;
    this.revision = revision;
    this.#snapshot = database.snapshot();
  }

  /** A newer view took its place: it is closed when the last read has ended. */
  retire(): void {
    this.#isRetired = true;
    if (this.#readers === 0) void this.#snapshot.close();
  }

  get(key: string): Entry | undefined {
    const row = this.#database.getSync(currentKey(key), { snapshot: this.#snapshot });
    return row && decodeCurrent(key, row);
  }

  select(range: KeyRange, selection: Selection): Promise<Selected> {
    return this.#reading(() => this.#select(range, selection));
  }

  /** As of an older `revision`, which must not be compacted. */
  selectAt(range: KeyRange, revision: number, selection: Selection): Promise<Selected> {
    return this.#reading(() => this.#selectAt(range, revision, selection));
  }

  /** Looked up in history; absent where it was compacted away. */
  entriesAt(positions: Position[]): Promise<(Entry | undefined)[]> {
    return this.#reading(() => this.#entriesAt(positions));
  }

  /** Over current state. */
  hash(): Promise<number> {
    return this.#reading(async () => {
      let sum = 0;
      const all = { key: "", end: OPEN_END };
      for await (const [key, row] of this.#database.iterator(this.#bounds(all))) {
        sum = crc32(row, crc32(key, sum));
      }
      return sum;
    });
  }

  async #reading<T>(work: () => Promise<T>): Promise<T> {
    this.#readers++;
    try {
      return await work();
    } finally {
      this.#readers--;
      if (this.#isRetired && this.#readers === 0) void this.#snapshot.close();
    }
  }

  async #select(range: KeyRange, selection: Selection): Promise<Selected> {
    if (range.end === undefined) return one(this.get(range.key), selection);
    if (selection.countOnly) return { entries: [], count: await this.#count(range) };
    const { limit } = selection;
    const rows = await this.#database
      .iterator({ ...this.#bounds(range), limit: limit > 0 ? limit : -1 })
      .all();
    const entries = rows.map(([key, row]) => decodeCurrent(keyOfCurrent(key), row));
    const isWhole = limit === 0 || entries.length < limit;
    const rest = isWhole ? 0 : await this.#count({ ...range, key: `${entries.at(-1)!.key}\0` });
    return { entries, count: entries.length + rest };
  }

  async #selectAt(range: KeyRange, revision: number, selection: Selection): Promise<Selected> {
    const positions = await this.#positionsAt(range, revision);
    if (selection.countOnly) return { entries: [], count: positions.length };
    const { limit } = selection;
    const wanted = limit > 0 ? positions.slice(0, limit) : positions;
    const entries = (await this.#entriesAt(wanted)).filter((entry) => entry !== undefined);
    return { entries, count: positions.length };
  }

  async #entriesAt(positions: Position[]): Promise<(Entry | undefined)[]> {
    const keys = positions.map((position) => historyKey(position));
    const rows = await this.#database.getMany(keys, { snapshot: this.#snapshot });
    return rows.map((row, index) => row && decodeHistory(keys[index]!, row).entry);
  }

  #bounds({ key, end }: KeyRange) {
    const lt = end === undefined || end === OPEN_END ? CURRENT_END : currentKey(end);
    const gte = currentKey(key);
    return { gte, lt, snapshot: this.#snapshot, highWaterMarkBytes: SCAN_BYTES };
  }

  async #count(range: KeyRange): Promise<number> {
    const keys = this.#database.keys(this.#bounds(range));
    try {
      let count = 0;
      for (;;) {
        const found = await keys.nextv(SCAN_ROWS);
        if (found.length === 0) return count;
        count += found.length;
      }
    } finally {
      await keys.close();
    }
  }

  /** Where each key that existed at `revision` had last been written, in the order of the keys. */
  async #positionsAt({ key, end }: KeyRange, revision: number): Promise<Position[]> {
    const gte = keyIndexPrefix(key);
    const lt = indexEnd(gte, end);
    const options = { gte, lt, snapshot: this.#snapshot, highWaterMarkBytes: SCAN_BYTES };
    const positions: Position[] = [];
    let last: { part: Buffer; position: Position; isDeleted: boolean } | undefined;
    const keep = () => {
      if (last && !last.isDeleted) positions.push(last.position);
    };
    for await (const [row, mark] of this.#database.iterator(options)) {
      const position = positionOfIndex(row);
      if (position.revision > revision) continue;
      const part = keyPartOfIndex(row);
      if (last && !last.part.equals(part)) keep();
      last = { part, position, isDeleted: isDeletion(mark) };
    }
    keep();
    return positions;
  }
}

function one(entry: Entry | undefined, { countOnly }: Selection): Selected {
  if (!entry) return { entries: [], count: 0 };
  return { entries: countOnly ? [] : [entry], count: 1 };
}

function indexEnd(start: Buffer, end: string | undefined): Buffer {
  if (end === OPEN_END) return KEY_INDEX_END;
  if (end !== undefined) return keyIndexPrefix(end);
  // the rows of one key: its prefix ends in 01, so that its end differs in the last byte
  const after = Buffer.from(start);
  after[after.length - 1] = 2;
  return after;
}
