// One write being made at the revision after the newest: it sees what earlier writes of batches not
// yet on disk have changed, and its own changes.

import { isInside, type Change, type Entry, type KeyRange } from "./entry.ts";
import type { View } from "./view.ts";

/** Changes not yet on disk, by key, newest only. */
export type Pending = Map<string, Change>;

const NOTHING = Buffer.alloc(0);

export class Draft {
  /** The revision that changes get. */
  readonly revision: number;
  readonly changes: Change[] = [];
  readonly #own: Pending = new Map();
  readonly #view: () => View;
  readonly #pending: Pending;

  /** `pending` loses what comes to disk in the moment in which `view` gains it. */
  constructor(revision: number, view: () => View, pending: Pending) {
    this.revision = revision;
    this.#view = view;
    this.#pending = pending;
  }

  /** The newest revision as this write sees it. */
  get seenRevision(): number {
    return this.changes.length > 0 ? this.revision : this.revision - 1;
  }

  get(key: string): Entry | undefined {
    const change = this.#own.get(key) ?? this.#pending.get(key);
    if (change) return change.type === "put" ? change.entry : undefined;
    return this.#view().get(key);
  }

  /** All keys in the range, in order. */
  async select(range: KeyRange): Promise<Entry[]> {
    if (range.end === undefined) {
      const entry = this.get(range.key);
      return entry ? [entry] : [];
    }
    const changes = [...this.#pending.values(), ...this.#own.values()];
    const inside = changes.filter(({ entry }) => isInside(range, entry.key));
    const { entries } = await this.#view().select(range, { limit: 0 });
    return inside.length === 0 ? entries : overlay(entries, inside);
  }

  /** As of an older `revision`. */
  async selectAt(range: KeyRange, revision: number): Promise<Entry[]> {
    const { entries } = await this.#view().selectAt(range, revision, { limit: 0 });
    return entries;
  }

  /** `selectAt` reads up to here. */
  get durableRevision(): number {
    return this.#view().revision;
  }

  /** Returns what was there. */
  put(key: string, value: Buffer): Entry | undefined {
    const previous = this.get(key);
    this.#add({
      type: "put",
      previous,
      entry: {
        key,
        value,
        createRevision: previous?.createRevision ?? this.revision,
        modRevision: this.revision,
        sub: this.changes.length,
        version: (previous?.version ?? 0) + 1,
      },
    });
    return previous;
  }

  delete(previous: Entry): void {
    const { key } = previous;
    const modRevision = this.revision;
    const sub = this.changes.length;
    const entry = { key, value: NOTHING, createRevision: 0, modRevision, sub, version: 0 };
    this.#add({ type: "delete", entry, previous });
  }

  #add(change: Change): void {
    this.changes.push(change);
    this.#own.set(change.entry.key, change);
  }
}

function overlay(entries: Entry[], changes: Change[]): Entry[] {
  const merged = new Map(entries.map((entry) => [entry.key, entry]));
  for (const { type, entry } of changes) {
    if (type === "put") merged.set(entry.key, entry);
    else merged.delete(entry.key);
  }
  return [...merged.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
