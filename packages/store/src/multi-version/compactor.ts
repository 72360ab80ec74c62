// Forgets history below a revision: every state that a later change at or below it replaced, and
// deletions below it. Runs in the background, a few hundred rows at a time.

import {
  COMPACT_ROW,
  decodeHistory,
  decodeRevision,
  encodeRevision,
  historyKey,
  keyIndexKey,
} from "../database/layout.ts";
import type { Database } from "../database/open-database.ts";
import { compacted, futureRevision } from "../etcd-error.ts";

const CHUNK_ROWS = 250;
const CHUNK_BYTES = 512 * 1024;

/** Even revision 0 can be compacted once, as in etcd. */
const NEVER = -1;

/** `requested` is promised; history up to `done` is gone. */
interface Progress {
  requested: number;
  done: number;
}

export class Compactor {
  readonly #database: Database;
  readonly #progress: Progress;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(database: Database, progress: Progress) {
    this.#database = database;
    this.#progress = progress;
  }

  /** Goes on with what a crash interrupted. @param again what was forgotten may be there again */
  static async open(database: Database, { again }: { again: boolean }): Promise<Compactor> {
    const row = await database.get(COMPACT_ROW);
    const progress = { requested: NEVER, done: 0 };
    if (row) {
      progress.requested = decodeRevision(row);
      progress.done = again ? 0 : decodeRevision(row.subarray(row.length / 2));
    }
    const compactor = new Compactor(database, progress);
    if (progress.done < progress.requested) compactor.#start(progress.requested);
    return compactor;
  }

  /** The oldest revision that can be read; 0 before the first compaction. */
  get revision(): number {
    return Math.max(0, this.#progress.requested);
  }

  /**
   * Resolves when the promise is on disk; the work goes on behind it.
   * @throws EtcdError when `revision` is compacted already or newer than `newest`
   */
  async compact(revision: number, newest: number): Promise<void> {
    if (revision <= this.#progress.requested) throw compacted();
    if (revision > newest) throw futureRevision();
    this.#progress.requested = revision;
    await this.#record();
    this.#start(revision);
  }

  /** Resolves when everything promised is done. @throws what the database throws */
  settled(): Promise<void> {
    return this.#work;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work.catch(() => {});
  }

  #start(revision: number): void {
    this.#work = this.#work.catch(() => {}).then(() => this.#forget(revision));
    // a failure is for those who wait; the next compaction or start goes over the same rows again
    this.#work.catch(() => {});
  }

  #record(): Promise<void> {
    const { requested, done } = this.#progress;
    const row = Buffer.concat([encodeRevision(requested), encodeRevision(done)]);
    return this.#database.batch([{ type: "put", key: COMPACT_ROW, value: row }], { sync: true });
  }

  async #forget(revision: number): Promise<void> {
    const rows = this.#database.iterator({
      gte: historyKey({ revision: this.#progress.done, sub: 0 }),
      lt: historyKey({ revision: revision + 1, sub: 0 }),
      highWaterMarkBytes: CHUNK_BYTES,
    });
    try {
      while (!this.#isClosed) {
        const found = await rows.nextv(CHUNK_ROWS);
        if (found.length === 0) break;
        const gone = found.flatMap(([key, row]) => replacedBy(key, row, revision));
        await this.#database.batch(gone.map((key) => ({ type: "del", key })));
      }
    } finally {
      await rows.close();
    }
    if (this.#isClosed) return;
    this.#progress.done = revision;
    await this.#record();
  }
}

/** The rows that nobody can ask for once everything below `revision` is forgotten. */
function replacedBy(key: Buffer, row: Buffer, revision: number): Buffer[] {
  const { type, entry, previous } = decodeHistory(key, row);
  const gone: Buffer[] = [];
  if (previous.revision > 0) {
    gone.push(historyKey(previous), keyIndexKey(entry.key, previous));
  }
  if (type === "delete" && entry.modRevision < revision) {
    const position = { revision: entry.modRevision, sub: entry.sub };
    gone.push(key, keyIndexKey(entry.key, position));
  }
  return gone;
}
