// The objects of one resource in the order of their keys, as lists show them.

import type { StoredObject } from "./stored-object.ts";

export interface Entry {
  /** `default/web`, or the name alone: see `objectPath`. */
  readonly path: string;
  stored: StoredObject;
}

export class SortedObjects {
  readonly #byPath = new Map<string, Entry>();
  readonly #sorted: Entry[] = [];

  get size(): number {
    return this.#sorted.length;
  }

  get(path: string): StoredObject | undefined {
    return this.#byPath.get(path)?.stored;
  }

  set(path: string, stored: StoredObject): void {
    const entry = this.#byPath.get(path);
    if (entry) {
      entry.stored = stored;
      return;
    }
    const added = { path, stored };
    this.#byPath.set(path, added);
    const at = this.#firstAtOrAfter(path);
    if (at === this.#sorted.length) this.#sorted.push(added);
    else this.#sorted.splice(at, 0, added);
  }

  delete(path: string): void {
    if (!this.#byPath.delete(path)) return;
    this.#sorted.splice(this.#firstAtOrAfter(path), 1);
  }

  clear(): void {
    this.#byPath.clear();
    this.#sorted.length = 0;
  }

  /** Entries from `start` (inclusive) to `end` (exclusive). */
  range(start: string, end: string): Entry[] {
    return this.#sorted.slice(this.#firstAtOrAfter(start), this.#firstAtOrAfter(end));
  }

  #firstAtOrAfter(path: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle]!.path < path) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
