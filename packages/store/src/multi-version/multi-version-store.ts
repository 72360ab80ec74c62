// The store itself: keys with all their states since the last compaction, one revision per write.

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase, type Database } from "../database/open-database.ts";
import { compacted, futureRevision } from "../etcd-error.ts";
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
import { checkShape, runDelete, runPut, runTxn } from "./transaction.ts";
import { View } from "./view.ts";
import { Writer, type Written } from "./writer.ts";

/** History kept when the store compacts by itself, and how often it does. */
const KEPT_REVISIONS = 10_000;
const COMPACTION_PERIOD_REVISIONS = 1_000;

export interface StoreSurroundings {
  directory: string;
  /** Changes of one or more whole revisions are on disk; they have not been answered yet. */
  onCommitted: (changes: Change[], revision: number) => void;
  /** Compaction in the background failed; it is tried again with the next. */
  onCompactionFailed: (error: unknown) => void;
}

export class MultiVersionStore {
  readonly #database: Database;
  readonly #directory: string;
  readonly #writer: Writer;
  readonly #compactor: Compactor;
  readonly #surroundings: StoreSurroundings;
  #view: View;
  #isClosed = false;

  private constructor(database: Database, view: View, more: [Compactor, StoreSurroundings]) {
    this.#database = database;
    this.#view = view;
    [this.#compactor, this.#surroundings] = more;
    this.#directory = this.#surroundings.directory;
    this.#writer = new Writer({
      database,
      view: () => this.#view,
      onCommitted: (changes, revision) => this.#onCommitted(changes, revision),
    });
  }

  /** @throws Error with a line for a person when the folder cannot be opened */
  static async open(surroundings: StoreSurroundings): Promise<MultiVersionStore> {
    const database = await openDatabase(surroundings.directory);
    const compactor = await Compactor.open(database);
    const revision = Math.max(await newestRevision(database), compactor.revision);
    const view = new View(database, revision);
    return new MultiVersionStore(database, view, [compactor, surroundings]);
  }

  /** Or about to be: nothing is answered any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The newest revision on disk. */
  get revision(): number {
    return this.#view.revision;
  }

  /** The oldest revision that can be read; 0 before the first compaction. */
  get compactRevision(): number {
    return this.#compactor.revision;
  }

  /** @throws EtcdError for a revision that is compacted or in the future */
  async range(query: RangeQuery): Promise<Written<RangeAnswer>> {
    const view = this.#view;
    const { revision } = view;
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
    return this.#writer.submit((draft) => runPut(draft, request));
  }

  delete(request: DeleteRequest) {
    return this.#writer.submit((draft) => runDelete(draft, request));
  }

  /** @throws EtcdError and changes nothing when an operation cannot be carried out */
  async txn(query: TxnQuery): Promise<Written<TxnAnswer>> {
    checkShape(query);
    return this.#writer.submit((draft) => runTxn(draft, query, this.compactRevision));
  }

  /** @throws EtcdError for a revision that is compacted already or in the future */
  async compact(revision: number, options: { waits: boolean }): Promise<void> {
    await this.#compactor.compact(revision, this.revision);
    if (options.waits) await this.#compactor.settled();
  }

  /** Changes from a revision on, at least `compactRevision`. */
  history(range: KeyRange, from: number, withPrevious: boolean): Promise<Chunk> {
    const view = () => this.#view;
    return readHistory(this.#database, { view, range, from, withPrevious });
  }

  /** The bytes of all files of the database. */
  async sizeBytes(): Promise<number> {
    const names = await readdir(this.#directory);
    const sizes = names.map(async (name) => {
      const file = await stat(join(this.#directory, name)).catch(() => undefined);
      return file?.size ?? 0;
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  /** Writes under way are finished first. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writer.drain();
    await this.#compactor.close();
    await this.#database.close();
  }

  #onCommitted(changes: Change[], revision: number): void {
    const old = this.#view;
    this.#view = new View(this.#database, revision);
    old.retire();
    this.#surroundings.onCommitted(changes, revision);
    this.#compactIfDue();
  }

  #compactIfDue(): void {
    const due = this.revision - KEPT_REVISIONS;
    if (this.#isClosed || due < this.compactRevision + COMPACTION_PERIOD_REVISIONS) return;
    this.compact(due, { waits: true }).catch((error) =>
      this.#surroundings.onCompactionFailed(error),
    );
  }
}
