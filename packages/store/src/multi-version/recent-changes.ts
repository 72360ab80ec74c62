// The newest changes that came to disk: keys that are written are most often written again, and a
// write need not look them up in the database then.

import type { Change } from "./entry.ts";

const MOST_BYTES = 8 * 1024 * 1024;
/** What a change takes beside its key and value. */
const OVERHEAD_BYTES = 300;

export class RecentChanges {
  /** Oldest first. */
  readonly #changes = new Map<string, Change>();
  #bytes = 0;

  get(key: string): Change | undefined {
    return this.#changes.get(key);
  }

  add(change: Change): void {
    const { key } = change.entry;
    this.#forget(key);
    this.#changes.set(key, change);
    this.#bytes += bytesOf(change);
    for (const oldest of this.#changes.keys()) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const change = this.#changes.get(key);
    if (!change) return;
    this.#changes.delete(key);
    this.#bytes -= bytesOf(change);
  }
}

const bytesOf = ({ entry }: Change): number =>
  OVERHEAD_BYTES + entry.key.length + entry.value.length;
