// One write being made at the revision after the newest: it sees what earlier writes of batches not
// yet on disk have changed, and its own changes.

import type { Row } from "../database/log-record.ts";
import type { Leases } from "../lease/leases.ts";
import { isInside, type Change, type Entry, type KeyRange } from "./entry.ts";
import type { RecentChanges } from "./recent-changes.ts";
import type { View } from "./view.ts";

/** Changes not yet on disk, by key, newest only. */
export type Pending = Map<string, Change>;

/** A range that must be read before it can be asked for. */
export interface Reading extends KeyRange {
  /** 0: the newest */
  readonly revision: number;
}

/** What every draft of a writer works on. */
export interface Ground {
  /** What is on disk now. */
  view: () => View;
  /** Loses what comes to disk in the moment in which `view` gains it. */
  pending: Pending;
  /** Of what is on disk, so that it need not be read. */
  recent: RecentChanges;
  leases: Leases;
}

const NOTHING = Buffer.alloc(0);

export class Draft {
  /** The revision that changes get. */
  readonly revision: number;
  readonly changes: Change[] = [];
  /** Rows beside those that follow from the changes. */
  readonly rows: Row[] = [];
  readonly #ground: Ground;
  #own: Pending | undefined;
  #read: Map<Reading, Entry[]> | undefined;

  constructor(revision: number, ground: Ground) {
    this.revision = revision;
    this.#ground = ground;
  }

  /** The newest revision as this write sees it. */
  get seenRevision(): number {
    return this.changes.length > 0 ? this.revision : this.revision - 1;
  }

  /** The past is read up to here. */
  get durableRevision(): number {
    return this.#ground.view().revision;
  }

  get leases(): Leases {
    return this.#ground.leases;
  }

  get(key: string): Entry | undefined {
    const { pending, recent } = this.#ground;
    const change = this.#own?.get(key) ?? pending.get(key) ?? recent.get(key);
    if (change) return change.type === "put" ? change.entry : undefined;
    return this.#ground.view().get(key);
  }

  /** Reads what `select` will be asked for. */
  async read(range: Reading): Promise<void> {
    this.#read ??= new Map();
    this.#read.set(range, range.revision > 0 ? await this.#past(range) : await this.#now(range));
  }

  /** All keys in the range, in order. @param range a single key, or the very object that was read */
  select(range: Reading): Entry[] {
    if (range.end === undefined && range.revision === 0) {
      const entry = this.get(range.key);
      return entry ? [entry] : [];
    }
    const entries = this.#read?.get(range);
    if (!entries) throw new Error("a range was not read before it was asked for");
    if (range.revision > 0 || !this.#own) return entries;
    return overlay(entries, range, this.#own.values());
  }

  put(key: string, content: { value: Buffer; lease: bigint }): Entry | undefined {
    const previous = this.get(key);
    this.#add({
      type: "put",
      previous,
      entry: {
        key,
        value: content.value,
        createRevision: previous?.createRevision ?? this.revision,
        modRevision: this.revision,
        sub: this.changes.length,
        version: (previous?.version ?? 0) + 1,
        lease: content.lease,
      },
    });
    return previous;
  }

  delete(previous: Entry): void {
    const entry = {
      key: previous.key,
      value: NOTHING,
      createRevision: 0,
      modRevision: this.revision,
      sub: this.changes.length,
      version: 0,
      lease: 0n,
    };
    this.#add({ type: "delete", entry, previous });
  }

  #add(change: Change): void {
    this.changes.push(change);
    this.#own ??= new Map();
    this.#own.set(change.entry.key, change);
  }

  /** View and pending changes are taken in the same moment: one gains what the other loses. */
  async #now(range: KeyRange): Promise<Entry[]> {
    const pending = [...this.#ground.pending.values()];
    const { entries } = await this.#ground.view().select(range, { limit: 0 });
    return overlay(entries, range, pending);
  }

  async #past(range: Reading): Promise<Entry[]> {
    const view = this.#ground.view();
    if (range.revision > view.revision) return [];
    return (await view.selectAt(range, range.revision, { limit: 0 })).entries;
  }
}

function overlay(entries: Entry[], range: KeyRange, changes: Iterable<Change>): Entry[] {
  const inside = [...changes].filter(({ entry }) => isInside(range, entry.key));
  if (inside.length === 0) return entries;
  const merged = new Map(entries.map((entry) => [entry.key, entry]));
  for (const { type, entry } of inside) {
    if (type === "put") merged.set(entry.key, entry);
    else merged.delete(entry.key);
  }
  return [...merged.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
