// What makes a write last: one record a batch, synced before the batch is answered. LevelDB gets the
// same rows without a sync, which costs a third of one with; what a crash takes from it is written
// again from here. Files are filled with zeros ahead, and used again when LevelDB has their rows on
// disk, so that a sync has no file length to write.

import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync, writeSync } from "node:fs";
import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Clock } from "@kubonsai/clock";
import { RECORD_HEADER_BYTES, scan, seal, SEGMENT_BYTES, type Scan } from "./log-segment.ts";

const syncInThread = promisify(fdatasync);

const MOST_SCRATCH_BYTES = 1024 * 1024;
/** A good disk syncs in a tenth of a millisecond, and waiting is cheaper than asking a thread to. */
const SLOW_SYNC_MS = 3;
/** After a slow sync so many are left to a thread, so that others need not wait with it. */
const SYNCS_IN_THREAD = 50;

/** A file grows by this, ahead of the records. */
const GROWTH = Buffer.alloc(512 * 1024);
const NAME = /^(\d{12})\.wal$/;

interface Segment {
  number: number;
  path: string;
  /** What LevelDB had been given when the last record was written here. */
  appliedBytes: number;
}

export interface Replay {
  /** Oldest first. */
  payloads: Buffer[];
  /** A person should know: the last record had not been written whole, and nobody was answered. */
  tornAt: string | undefined;
}

export class WriteAheadLog {
  readonly #folder: string;
  readonly #settledAfterBytes: number;
  readonly #full: Segment[];
  #current: Segment;
  #descriptor: number;
  #at: number;
  #length: number;
  #appliedBytes = 0;
  readonly #clock: Clock;
  #syncsInThread = 0;
  /** Records are built here, one after the other. */
  #scratch = Buffer.alloc(0);

  private constructor(options: LogOptions, segments: Segment[], at: number) {
    this.#folder = options.folder;
    this.#clock = options.clock;
    this.#settledAfterBytes = options.settledAfterBytes;
    this.#current = segments.pop() ?? segment(options.folder, 1);
    this.#full = segments;
    this.#at = at;
    this.#descriptor = openSync(this.#current.path, at > 0 ? "r+" : "w+", 0o600);
    // whatever stands behind the last record is written over: the file may have any length
    this.#length = at;
    this.#makeRoom(0);
    if (at === 0) syncFolder(options.folder);
  }

  /** @throws Error with a line for a person when a file is damaged */
  static async open(options: LogOptions): Promise<{ log: WriteAheadLog; replay: Replay }> {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const segments = await segmentsIn(options.folder);
    const replay: Replay = { payloads: [], tornAt: undefined };
    let end = 0;
    // the newest file may be empty still
    for (const one of options.isSettled ? segments.slice(-2) : segments) {
      const found = scan(await readFile(one.path), one.number);
      checkDamage(found, one.path, one === segments.at(-1));
      replay.payloads.push(...found.payloads);
      if (found.isTorn) replay.tornAt = `${one.path} at byte ${found.end}`;
      end = found.end;
    }
    return { log: new WriteAheadLog(options, segments, end), replay };
  }

  /** Room for a record's head, then the payload: to be filled and given to `append` before another. */
  record(payloadBytes: number): Buffer {
    const bytes = RECORD_HEADER_BYTES + payloadBytes;
    if (bytes > MOST_SCRATCH_BYTES) return Buffer.allocUnsafe(bytes);
    if (this.#scratch.length < bytes) this.#scratch = Buffer.allocUnsafeSlow(2 * bytes);
    return this.#scratch.subarray(0, bytes);
  }

  static readonly payloadStart = RECORD_HEADER_BYTES;

  /**
   * Resolves when the record is on disk. One at a time.
   * @param rowBytes how much LevelDB is given for it
   */
  async append(record: Buffer, rowBytes: number): Promise<void> {
    if (this.#at > 0 && this.#at + record.length > SEGMENT_BYTES) await this.#next();
    seal(record, this.#current.number);
    this.#makeRoom(record.length);
    writeSync(this.#descriptor, record, 0, record.length, this.#at);
    this.#at += record.length;
    this.#appliedBytes += rowBytes;
    await this.#sync();
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  async #sync(): Promise<void> {
    if (this.#syncsInThread > 0) {
      this.#syncsInThread--;
      return syncInThread(this.#descriptor);
    }
    const began = this.#clock.now();
    fdatasyncSync(this.#descriptor);
    if (this.#clock.now() - began >= SLOW_SYNC_MS) this.#syncsInThread = SYNCS_IN_THREAD;
  }

  #makeRoom(bytes: number): void {
    while (this.#length < this.#at + bytes + RECORD_HEADER_BYTES) {
      writeSync(this.#descriptor, GROWTH, 0, GROWTH.length, this.#length);
      this.#length += GROWTH.length;
    }
  }

  async #next(): Promise<void> {
    this.#current.appliedBytes = this.#appliedBytes;
    this.#full.push(this.#current);
    const following = segment(this.#folder, this.#current.number + 1);
    const spare = this.#spare();
    closeSync(this.#descriptor);
    if (spare) await rename(spare.path, following.path);
    this.#current = following;
    this.#descriptor = openSync(following.path, spare ? "r+" : "w+", 0o600);
    this.#at = 0;
    this.#length = spare ? SEGMENT_BYTES : 0;
    syncFolder(this.#folder);
  }

  /** The oldest file, when LevelDB has it all on disk. */
  #spare(): Segment | undefined {
    const [oldest] = this.#full;
    const isSettled = oldest && oldest.appliedBytes + this.#settledAfterBytes <= this.#appliedBytes;
    return isSettled ? this.#full.shift() : undefined;
  }
}

export interface LogOptions {
  folder: string;
  /** LevelDB has synced a row when so many bytes were given to it after that row. */
  settledAfterBytes: number;
  /** Nothing that LevelDB was given can be lost but the last batch: older files need no reading. */
  isSettled: boolean;
  clock: Clock;
}

function segment(folder: string, number: number): Segment {
  const path = join(folder, `${String(number).padStart(12, "0")}.wal`);
  return { number, path, appliedBytes: 0 };
}

async function segmentsIn(folder: string): Promise<Segment[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return names.map((name) => segment(folder, Number(NAME.exec(name)![1])));
}

function checkDamage({ isTorn, isDamaged }: Scan, path: string, isLast: boolean): void {
  if (!isTorn || (isLast && !isDamaged)) return;
  throw new Error(`${path} is damaged: put a copy of the folder back, or restore a snapshot`);
}

/** So that a file's name lasts, too. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
