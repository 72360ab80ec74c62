// Group commit: writes are applied one after the other, gathered while the batch before them is being
// synced, and answered when their own batch is on disk.

import {
  currentKey,
  encodeCurrent,
  encodeHistory,
  historyKey,
  keyIndexKey,
  keyIndexValue,
} from "../database/layout.ts";
import type { Database } from "../database/open-database.ts";
import { EtcdError } from "../etcd-error.ts";
import { Draft, type Pending } from "./draft.ts";
import type { Change } from "./entry.ts";
import type { View } from "./view.ts";

type Row = { type: "put"; key: Buffer; value: Buffer } | { type: "del"; key: Buffer };

type Refuse = (error: unknown) => void;

interface Write {
  apply: (draft: Draft) => Promise<unknown>;
  resolve: (written: Written<unknown>) => void;
  reject: Refuse;
}

export interface Written<T> {
  result: T;
  /** The newest revision as the write left it. */
  revision: number;
}

/** Everything that one sync makes durable. */
class Batch {
  readonly changes: Change[] = [];
  readonly rows: Row[] = [];
  readonly answers: (() => void)[] = [];
  readonly refusals: Refuse[] = [];

  add(change: Change): void {
    const { type, entry } = change;
    const position = { revision: entry.modRevision, sub: entry.sub };
    this.changes.push(change);
    const key = currentKey(entry.key);
    this.rows.push(
      type === "put" ? { type: "put", key, value: encodeCurrent(entry) } : { type: "del", key },
      { type: "put", key: historyKey(position), value: encodeHistory(change) },
      { type: "put", key: keyIndexKey(entry.key, position), value: keyIndexValue(type) },
    );
  }
}

export interface WriterOptions {
  database: Database;
  /** What is on disk now. */
  view: () => View;
  /** The batch is on disk: called before its writes are answered. */
  onCommitted: (changes: Change[], revision: number) => void;
}

export class Writer {
  readonly #options: WriterOptions;
  readonly #pending: Pending = new Map();
  #queue: Write[] = [];
  #isApplying = false;
  #next = new Batch();
  #revision: number;
  #committing: Promise<void> | undefined;
  #isScheduled = false;
  #failures = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#revision = options.view().revision;
  }

  /** Runs `apply` after all writes submitted before; rejects with what it throws. */
  submit<T>(apply: (draft: Draft) => Promise<T>): Promise<Written<T>> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ apply, resolve: resolve as Write["resolve"], reject });
      if (!this.#isApplying) void this.#applyAll();
    });
  }

  /** Resolves when everything submitted is on disk. */
  async drain(): Promise<void> {
    while (this.#isApplying || this.#isScheduled || this.#committing) {
      await (this.#committing ?? new Promise((resolve) => setImmediate(resolve)));
    }
  }

  async #applyAll(): Promise<void> {
    this.#isApplying = true;
    while (this.#queue.length > 0) {
      const writes = this.#queue;
      this.#queue = [];
      for (const write of writes) await this.#apply(write);
    }
    this.#isApplying = false;
  }

  async #apply({ apply, resolve, reject }: Write): Promise<void> {
    const failures = this.#failures;
    const draft = new Draft(this.#revision + 1, this.#options.view, this.#pending);
    try {
      const result = await apply(draft);
      if (failures !== this.#failures) throw unwritable("an earlier write failed");
      const revision = draft.seenRevision;
      this.#accept(draft, { answer: () => resolve({ result, revision }), refuse: reject });
    } catch (error) {
      reject(error);
    }
  }

  /** What a write saw may not be on disk yet either: even without changes it waits for the batch. */
  #accept(draft: Draft, { answer, refuse }: { answer: () => void; refuse: Refuse }): void {
    this.#revision = draft.seenRevision;
    const batch = this.#next;
    for (const change of draft.changes) {
      batch.add(change);
      this.#pending.set(change.entry.key, change);
    }
    if (this.#pending.size === 0) return answer();
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
      if (batch.rows.length > 0) await this.#options.database.batch(batch.rows, { sync: true });
    } catch (error) {
      return this.#fail([batch, this.#next], unwritable(error));
    }
    for (const change of batch.changes) {
      const { key } = change.entry;
      if (this.#pending.get(key) === change) this.#pending.delete(key);
    }
    this.#options.onCommitted(batch.changes, revision);
    for (const answer of batch.answers) answer();
  }

  /** Whatever was built on a write that failed fails with it. */
  #fail(batches: Batch[], error: EtcdError): void {
    this.#failures++;
    this.#next = new Batch();
    this.#pending.clear();
    this.#revision = this.#options.view().revision;
    for (const refuse of batches.flatMap(({ refusals }) => refusals)) refuse(error);
  }
}

function unwritable(error: unknown): EtcdError {
  const detail = error instanceof Error ? error.message : String(error);
  return new EtcdError("unavailable", `etcdserver: the database cannot be written: ${detail}`);
}
