// Waiting times that double: between restarts of a crashing container, between pulls of an image.
// @see client-go util/flowcontrol/backoff.go

export interface BackOffOptions {
  firstMs: number;
  longestMs: number;
  /** After this much quiet an entry begins anew. */
  forgetAfterMs: number;
}

interface Entry {
  waitMs: number;
  updatedAt: number;
}

/** Keys need no cleaning one by one: `collect` drops what has expired. */
export class BackOff {
  readonly #options: BackOffOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: BackOffOptions) {
    this.#options = options;
  }

  /** The present waiting time; 0 before the first step. */
  waitMs(key: string): number {
    return this.#entries.get(key)?.waitMs ?? 0;
  }

  /** Whether at `now` the wait since `sinceMs` (the exit, or the last step) is not over. */
  isWaiting(key: string, { sinceMs, now }: { sinceMs: number; now: number }): boolean {
    const entry = this.#entries.get(key);
    if (!entry || this.#hasExpired(entry, sinceMs)) return false;
    return now - sinceMs < entry.waitMs;
  }

  /** Whether at `now` the wait since the last step is not over. */
  isWaitingSinceStep(key: string, now: number): boolean {
    const entry = this.#entries.get(key);
    if (!entry || this.#hasExpired(entry, now)) return false;
    return now - entry.updatedAt < entry.waitMs;
  }

  /** Another failure: the first waiting time, or twice the last. */
  step(key: string, { eventMs, now }: { eventMs: number; now: number }): void {
    const { firstMs, longestMs } = this.#options;
    const entry = this.#entries.get(key);
    const isNew = !entry || this.#hasExpired(entry, eventMs);
    const waitMs = isNew ? firstMs : Math.min(entry.waitMs * 2, longestMs);
    this.#entries.set(key, { waitMs, updatedAt: now });
  }

  /** Forgets expired entries. */
  collect(now: number): void {
    for (const [key, entry] of this.#entries) {
      if (this.#hasExpired(entry, now)) this.#entries.delete(key);
    }
  }

  #hasExpired({ updatedAt }: Entry, eventMs: number): boolean {
    return eventMs - updatedAt > this.#options.forgetAfterMs;
  }
}

export const crashBackOff = () =>
  new BackOff({ firstMs: 10_000, longestMs: 300_000, forgetAfterMs: 600_000 });

export const imageBackOff = () =>
  new BackOff({ firstMs: 10_000, longestMs: 300_000, forgetAfterMs: 600_000 });
