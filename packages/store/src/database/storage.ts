// The database and the log before it, opened together: after this, LevelDB has all that was answered.

import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@kubonsai/clock";
import { BOOT_ROW } from "./layout.ts";
import { rowsOf, type RecordParts, type Row } from "./log-record.ts";
import { openDatabase, WRITE_BUFFER_BYTES, type Database } from "./open-database.ts";
import { writeSnapshot } from "./snapshot.ts";
import { WriteAheadLog, type Replay } from "./write-ahead-log.ts";

/** As LevelDB's manual has it: a full buffer is on disk before the one after it is full. */
const SETTLED_AFTER_BYTES = 2.5 * WRITE_BUFFER_BYTES;

const FIRST_KEY = Buffer.from([0]);
const LAST_KEY = Buffer.from([0xff]);

export interface OpenOptions {
  directory: string;
  /** The newest revision that the database knows. */
  newest: (database: Database) => Promise<number>;
  /** A person should know, and need not do anything. */
  onNotice: (message: string) => void;
  clock: Clock;
}

export class Storage {
  readonly database: Database;
  /** The machine had stopped: rows that were compacted away may be back. */
  readonly wasWrittenAgain: boolean;
  readonly #log: WriteAheadLog;

  private constructor(database: Database, log: WriteAheadLog, wasWrittenAgain: boolean) {
    this.database = database;
    this.#log = log;
    this.wasWrittenAgain = wasWrittenAgain;
  }

  /** @throws Error with a line for a person when the folder cannot be opened */
  static async open({ directory, newest, onNotice, clock }: OpenOptions): Promise<Storage> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const database = await openDatabase(directory);
    try {
      const boot = bootOf();
      const written = (await database.get(BOOT_ROW))?.toString();
      const isSettled = boot !== undefined && boot === written;
      const { log, replay } = await WriteAheadLog.open({
        folder: join(directory, "wal"),
        settledAfterBytes: SETTLED_AFTER_BYTES,
        isSettled,
        clock,
      });
      await writeAgain(database, replay, isSettled ? await newest(database) : 0);
      if (replay.tornAt)
        onNotice(`a write that had not been answered was cut off ${replay.tornAt}`);
      if (boot && !isSettled) await database.put(BOOT_ROW, Buffer.from(boot));
      return new Storage(database, log, !isSettled && replay.payloads.length > 0);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Resolves when the batch would outlast a crash. One at a time. */
  persist(batch: { rowBytes: number; record: RecordParts }): Promise<void> {
    return this.#log.append(batch.record.join(this.#log), batch.rowBytes);
  }

  /** Resolves when the rows can be read. One at a time, in the order of the log. */
  apply(rows: Row[]): Promise<void> {
    return this.database.batch(rows);
  }

  /** Lets LevelDB write all its files anew. */
  defragment(): Promise<void> {
    return this.database.compactRange(FIRST_KEY, LAST_KEY);
  }

  async *snapshot(): AsyncGenerator<Buffer, void, undefined> {
    const snapshot = this.database.snapshot();
    try {
      yield* writeSnapshot(this.database, snapshot);
    } finally {
      await snapshot.close();
    }
  }

  async close(): Promise<void> {
    await this.database.close();
    this.#log.close();
  }
}

async function writeAgain(database: Database, { payloads }: Replay, known: number): Promise<void> {
  for (const payload of payloads) {
    const rows = rowsOf(payload, known);
    if (rows.length > 0) await database.batch(rows);
  }
}

/** The machine's run: while it lasts, what a process wrote is not lost with the process. */
function bootOf(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return undefined;
  }
}
