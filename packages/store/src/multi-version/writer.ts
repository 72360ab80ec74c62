// Group commit: writes are applied one after the other, gathered while the batch before them is being
// synced, and answered when their own batch is on disk. LevelDB gets the rows at the same time, and may
// take longer: reads wait for it, writes do not.

import type { Storage } from "../database/storage.ts";
import { EtcdError } from "../etcd-error.ts";
import type { Leases } from "../lease/leases.ts";
import { Batch } from "./batch.ts";
import { Draft, type Ground, type Reading } from "./draft.ts";
import type { Change } from "./entry.ts";
import { RecentChanges } from "./recent-changes.ts";
import type { View } from "./view.ts";

const MOST_UNAPPLIED_BYTES = 32 * 1024 * 1024;

export interface Write<T> {
  /** What `apply` asks for beside single keys. */
  readings?: Reading[];
  /** @throws EtcdError before the first change, or not at all */
  apply: (draft: Draft) => T;
}

interface Waiting extends Write<unknown> {
  resolve: (written: Written<unknown>) => void;
  reject: (error: unknown) => void;
}

export interface Written<T> {
  result: T;
  /** The newest revision as the write left it. */
  revision: number;
}

export interface WriterOptions {
  storage: Storage;
  /** What is on disk now. */
  view: () => View;
  leases: Leases;
  /** The batch would outlast a crash: called before its writes are answered. */
  onPersisted: (changes: Change[], revision: number) => void;
  /** Everything up to the revision can be read from the database. */
  onApplied: (revision: number) => void;
  /** A batch could not be written: nothing will be from here on. */
  onFailed: (error: unknown) => void;
}

export class Writer {
  readonly #options: WriterOptions;
  readonly #ground: Ground;
  #queue: Waiting[] = [];
  #isApplying = false;
  #next = new Batch();
  #revision: number;
  #committing: Promise<void> | undefined;
  /** Of the newest batch that LevelDB was given. */
  #applying: Promise<void> | undefined;
  #unappliedBytes = 0;
  #isScheduled = false;
  #failure: EtcdError | undefined;
  /** Since the start. */
  readonly counts = { puts: 0, deletes: 0, commits: 0 };

  constructor(options: WriterOptions) {
    const { view, leases } = options;
    this.#options = options;
    this.#ground = { view, leases, pending: new Map(), recent: new RecentChanges() };
    this.#revision = view().revision;
  }

  /** Applies the write after all that were submitted before; rejects with what it throws. */
  submit<T>(write: Write<T>): Promise<Written<T>> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...write, resolve: resolve as Waiting["resolve"], reject });
      if (!this.#isApplying) void this.#applyAll();
    });
  }

  /** Resolves when everything that was answered can be read; undefined: it can already. */
  applied(): Promise<void> | undefined {
    return this.#applying;
  }

  /** Resolves when everything submitted is on disk. */
  async drain(): Promise<void> {
    while (this.#isApplying || this.#isScheduled || this.#committing || this.#applying) {
      const pending = this.#committing ?? this.#applying;
      await (pending ?? new Promise((resolve) => setImmediate(resolve)));
    }
  }

  async #applyAll(): Promise<void> {
    this.#isApplying = true;
    while (this.#queue.length > 0) {
      const writes = this.#queue;
      this.#queue = [];
      for (const write of writes) {
        const draft = new Draft(this.#revision + 1, this.#ground);
        try {
          if (write.readings?.length) await this.#read(write.readings, draft);
          this.#apply(write, draft);
        } catch (error) {
          write.reject(error);
        }
      }
    }
    this.#isApplying = false;
  }

  async #read(readings: Reading[], draft: Draft): Promise<void> {
    await this.#applying;
    for (const reading of readings) await draft.read(reading);
  }

  #apply({ apply, resolve, reject }: Waiting, draft: Draft): void {
    if (this.#failure) throw this.#failure;
    const result = apply(draft);
    const revision = draft.seenRevision;
    this.#accept(draft, { answer: () => resolve({ result, revision }), refuse: reject });
  }

  /** What a write saw may not be on disk yet either: even without changes it waits for the batch. */
  #accept(
    draft: Draft,
    { answer, refuse }: { answer: () => void; refuse: (error: unknown) => void },
  ): void {
    this.#revision = draft.seenRevision;
    const { pending, leases } = this.#ground;
    const batch = this.#next;
    for (const change of draft.changes) {
      batch.addChange(change);
      if (change.type === "put") this.counts.puts++;
      else this.counts.deletes++;
      for (const row of leases.follow(change)) batch.addRow(row);
      pending.set(change.entry.key, change);
    }
    for (const row of draft.rows) batch.addRow(row);
    if (batch.rows.length === 0 && !this.#committing) return answer();
    batch.answers.push(answer);
    batch.refusals.push(refuse);
    this.#schedule();
  }

  /** At the end of the event loop's turn, so that all requests read in it share a batch. */
  #schedule(): void {
    if (this.#isScheduled || this.#committing) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#committing = this.#commit().finally(() => {
        this.#committing = undefined;
        if (this.#next.answers.length > 0) this.#schedule();
      });
    });
  }

  async #commit(): Promise<void> {
    const batch = this.#next;
    const revision = this.#revision;
    this.#next = new Batch();
    try {
      if (batch.rows.length > 0) {
        const persisted = this.#options.storage.persist(batch);
        this.#giveToDatabase(batch, { revision, persisted });
        await persisted;
      }
      // what is far behind is waited for, so that memory stays bounded
      if (this.#unappliedBytes > MOST_UNAPPLIED_BYTES) await this.#applying;
    } catch (error) {
      return this.#fail(batch, error);
    }
    if (this.#failure) return this.#fail(batch, this.#failure);
    this.counts.commits++;
    this.#options.onPersisted(batch.changes, revision);
    for (const answer of batch.answers) answer();
  }

  /** Nobody reads what would not outlast a crash yet. */
  #giveToDatabase(
    batch: Batch,
    { revision, persisted }: { revision: number; persisted: Promise<void> },
  ): void {
    const { storage, onApplied } = this.#options;
    this.#unappliedBytes += batch.rowBytes;
    const before = this.#applying ?? Promise.resolve();
    const applying = before
      .then(() => Promise.all([storage.apply(batch.rows), persisted]))
      .then(() => {
        this.#unappliedBytes -= batch.rowBytes;
        batch.release();
        onApplied(revision);
        this.#settle(batch.changes);
      })
      .catch((error: unknown) => this.#fail(batch, error))
      .finally(() => {
        if (this.#applying === applying) this.#applying = undefined;
      });
    this.#applying = applying;
  }

  /** The database has them: what is written next need not be told of them beside it. */
  #settle(changes: Change[]): void {
    const { pending, recent } = this.#ground;
    for (const change of changes) {
      const { type, entry } = change;
      if (pending.get(entry.key) !== change) continue;
      pending.delete(entry.key);
      // its past is the database's alone
      recent.add({ type, entry, previous: undefined });
    }
  }

  /** What of it reached the disk is known only after a start: until then nothing more is written. */
  #fail(batch: Batch, error: unknown): void {
    if (!this.#failure) {
      this.#failure = unwritable(error);
      this.#options.onFailed(error);
    }
    const refusals = [...batch.refusals, ...this.#next.refusals];
    this.#next = new Batch();
    for (const refuse of refusals) refuse(this.#failure);
  }
}

function unwritable(error: unknown): EtcdError {
  const detail = error instanceof Error ? error.message : String(error);
  return new EtcdError("unavailable", `etcdserver: the database cannot be written: ${detail}`);
}
