// The store itself: keys with all their states since the last compaction, one revision per write.

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@kubonsai/clock";
import { Storage } from "../database/storage.ts";
import { compacted, futureRevision } from "../etcd-error.ts";
import { Leases } from "../lease/leases.ts";
import { Lessor } from "../lease/lessor.ts";
import { Compactor } from "./compactor.ts";
import type { Change, KeyRange } from "./entry.ts";
import { newestRevision, readHistory, type Chunk } from "./history.ts";
import type {
  DeleteRequest,
  PutRequest,
  RangeAnswer,
  RangeQuery,
  TxnAnswer,
  TxnQuery,
} from "./requests.ts";
import { needsWhole, refine } from "./select.ts";
import { checkShape, readingsOf, runDelete, runPut, runTxn } from "./transaction.ts";
import { View } from "./view.ts";
import { Writer, type Written } from "./writer.ts";

/** History kept when the store compacts by itself, and how often it does. */
const KEPT_REVISIONS = 10_000;
const COMPACTION_PERIOD_REVISIONS = 1_000;

export interface StoreSurroundings {
  directory: string;
  /** Changes of one or more whole revisions are on disk; they have not been answered yet. */
  onCommitted: (changes: Change[], revision: number) => void;
  /** Something in the background failed that is tried again by itself. */
  onSetback: (error: unknown, what: string) => void;
  /** Nothing can be written any more until the store is opened again. */
  onFailed: (error: unknown) => void;
  /** A person should know, and need not do anything. */
  onNotice: (message: string) => void;
  clock: Clock;
}

interface Parts {
  storage: Storage;
  view: View;
  compactor: Compactor;
  leases: Leases;
}

export class MultiVersionStore {
  readonly lessor: Lessor;
  readonly #storage: Storage;
  readonly #writer: Writer;
  readonly #compactor: Compactor;
  readonly #surroundings: StoreSurroundings;
  #view: View;
  #revision: number;
  readonly #counts = { ranges: 0, txns: 0 };
  #isClosed = false;

  private constructor(
    { storage, view, compactor, leases }: Parts,
    surroundings: StoreSurroundings,
  ) {
    const { clock, onFailed, onSetback } = surroundings;
    this.#storage = storage;
    this.#view = view;
    this.#revision = view.revision;
    this.#compactor = compactor;
    this.#surroundings = surroundings;
    this.#writer = new Writer({
      storage,
      view: () => this.#view,
      leases,
      onPersisted: (changes, revision) => {
        this.#revision = revision;
        surroundings.onCommitted(changes, revision);
      },
      onApplied: (revision) => this.#onApplied(revision),
      onFailed,
    });
    const onFailure = (error: unknown) => onSetback(error, "a lease could not be ended");
    this.lessor = new Lessor({ leases, writer: this.#writer, clock, onFailure });
  }

  /** @throws Error with a line for a person when the folder cannot be opened */
  static async open(surroundings: StoreSurroundings): Promise<MultiVersionStore> {
    const { directory, onNotice, clock } = surroundings;
    const storage = await Storage.open({ directory, newest: newestRevision, onNotice, clock });
    const { database } = storage;
    const compactor = await Compactor.open(database, { again: storage.wasWrittenAgain });
    const revision = Math.max(await newestRevision(database), compactor.revision);
    const leases = await Leases.load(database, clock.now());
    const view = new View(database, revision);
    return new MultiVersionStore({ storage, view, compactor, leases }, surroundings);
  }

  /** Or about to be: nothing is answered any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The newest revision on disk. */
  get revision(): number {
    return this.#revision;
  }

  /** The oldest revision that can be read; 0 before the first compaction. */
  get compactRevision(): number {
    return this.#compactor.revision;
  }

  /** @throws EtcdError for a revision that is compacted or in the future */
  async range(query: RangeQuery): Promise<Written<RangeAnswer>> {
    await this.#writer.applied();
    const view = this.#view;
    const { revision } = view;
    this.#counts.ranges++;
    if (query.revision > revision) throw futureRevision();
    if (query.revision > 0 && query.revision < this.compactRevision) throw compacted();
    const isWhole = needsWhole(query);
    const selection = {
      limit: isWhole ? 0 : query.limit,
      countOnly: query.countOnly,
    };
    const isPast = query.revision > 0 && query.revision < revision;
    const { entries, count } = isPast
      ? await view.selectAt(query, query.revision, selection)
      : await view.select(query, selection);
    if (isWhole) return { revision, result: refine(entries, query) };
    const more = !query.countOnly && entries.length < count;
    return { revision, result: { entries, more, count } };
  }

  put(request: PutRequest) {
    return this.#writer.submit({ apply: (draft) => runPut(draft, request) });
  }

  delete(request: DeleteRequest) {
    const readings = request.end === undefined ? [] : [request];
    return this.#writer.submit({ readings, apply: (draft) => runDelete(draft, request) });
  }

  /** @throws EtcdError and changes nothing when an operation cannot be carried out */
  async txn(query: TxnQuery): Promise<Written<TxnAnswer>> {
    checkShape(query);
    this.#counts.txns++;
    return this.#writer.submit({
      readings: readingsOf(query),
      apply: (draft) => runTxn(draft, query, this.compactRevision),
    });
  }

  /** @throws EtcdError for a revision that is compacted already or in the future */
  async compact(revision: number, options: { waits: boolean }): Promise<void> {
    await this.#writer.applied();
    await this.#compactor.compact(revision, this.revision);
    if (options.waits) await this.#compactor.settled();
  }

  /** Changes from a revision on, at least `compactRevision`. */
  async history(range: KeyRange, from: number, withPrevious: boolean): Promise<Chunk> {
    await this.#writer.applied();
    const view = () => this.#view;
    return readHistory(this.#storage.database, { view, range, from, withPrevious });
  }

  /** The bytes of all files of the database, and of the log before it. */
  async sizeBytes(): Promise<number> {
    const { directory } = this.#surroundings;
    const [database, log] = await Promise.all([
      bytesIn(directory),
      bytesIn(join(directory, "wal")),
    ]);
    return database + log;
  }

  /** Of all that is there now; the same for the same contents. */
  async hash(): Promise<Written<number>> {
    await this.#writer.applied();
    const view = this.#view;
    return { revision: view.revision, result: await view.hash() };
  }

  /** Gives the room of what was deleted back to the disk. */
  defragment(): Promise<void> {
    return this.#storage.defragment();
  }

  /** Everything, in pieces, as of now. */
  async *snapshot(): AsyncGenerator<Buffer, void, undefined> {
    await this.#writer.applied();
    yield* this.#storage.snapshot();
  }

  /** Since the start. */
  get counts() {
    return { ...this.#counts, ...this.#writer.counts };
  }

  /** Writes under way are finished first. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.lessor.close();
    await this.#writer.drain();
    await this.#compactor.close();
    await this.#storage.close();
  }

  #onApplied(revision: number): void {
    const old = this.#view;
    this.#view = new View(this.#storage.database, revision);
    old.retire();
    this.#compactIfDue();
  }

  #compactIfDue(): void {
    const due = this.#view.revision - KEPT_REVISIONS;
    if (this.#isClosed || due < this.compactRevision + COMPACTION_PERIOD_REVISIONS) return;
    this.compact(due, { waits: true }).catch((error) =>
      this.#surroundings.onSetback(error, "compaction failed"),
    );
  }
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = names.map(async (name) => {
    // LevelDB removes files when it likes
    const file = await stat(join(folder, name)).catch(() => undefined);
    return file?.isFile() ? file.size : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
