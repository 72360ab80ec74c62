// What happened, in order: read forward for a watch that begins in the past.

import {
  decodeHistory,
  HISTORY_END,
  historyKey,
  positionOfHistory,
  type HistoryRow,
} from "../database/layout.ts";
import type { Database } from "../database/open-database.ts";
import { isInside, type Change, type KeyRange } from "./entry.ts";
import type { View } from "./view.ts";

const CHUNK_ROWS = 500;
const CHUNK_BYTES = 1024 * 1024;

export interface Chunk {
  changes: Change[];
  /** Every change up to this revision has been read. */
  through: number;
}

export interface HistoryQuery {
  view: () => View;
  range: KeyRange;
  from: number;
  withPrevious: boolean;
}

/** The changes in `range` from a revision on, whole revisions, as many as fit into a chunk. */
export async function readHistory(database: Database, query: HistoryQuery): Promise<Chunk> {
  const { view, range, from, withPrevious } = query;
  const { rows, through } = await readRows(database, from, view().revision);
  const wanted = rows.filter(({ entry }) => isInside(range, entry.key));
  const previous = withPrevious
    ? await view().entriesAt(wanted.map((row) => row.previous))
    : undefined;
  const changes = wanted.map(({ type, entry }, index) => ({
    type,
    entry,
    previous: previous?.[index],
  }));
  return { changes, through };
}

async function readRows(database: Database, from: number, newest: number) {
  const iterator = database.iterator({
    gte: historyKey({ revision: from, sub: 0 }),
    lt: historyKey({ revision: newest + 1, sub: 0 }),
    highWaterMarkBytes: CHUNK_BYTES,
  });
  const rows: HistoryRow[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const found = await iterator.nextv(CHUNK_ROWS);
      if (found.length === 0) return { rows, through: newest };
      for (const [key, row] of found) {
        rows.push(decodeHistory(key, row));
        bytes += row.length;
      }
      if (rows.length < CHUNK_ROWS && bytes < CHUNK_BYTES) continue;
      const last = rows.at(-1)!.entry.modRevision;
      // the last revision may not be whole: it is left for the next chunk
      const whole = rows.findLastIndex(({ entry }) => entry.modRevision !== last) + 1;
      if (whole > 0) return { rows: rows.slice(0, whole), through: last - 1 };
    }
  } finally {
    await iterator.close();
  }
}

/** The revision of the last change on disk; 1 in an empty store. */
export async function newestRevision(database: Database): Promise<number> {
  const bounds = { gte: historyKey({ revision: 0, sub: 0 }), lt: HISTORY_END };
  const [last] = await database.keys({ ...bounds, reverse: true, limit: 1 }).all();
  return last ? positionOfHistory(last).revision : 1;
}
