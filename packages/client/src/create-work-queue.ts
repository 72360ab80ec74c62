// The work queue: what waits, what is in work, and what comes later.

import { holding, type Clock, type Timer } from "@kubonsai/clock";
import type { RunOptions, WorkQueue } from "./work-queue.ts";

const FIRST_DELAY_MS = 5;
const LONGEST_DELAY_MS = 1_000_000;
/** Keys worked on without letting the event loop turn. */
const KEYS_PER_TURN = 64;

export function createWorkQueue<K = string>({ clock }: { clock: Clock }): WorkQueue<K> {
  return new ClockedWorkQueue<K>(clock);
}

class ClockedWorkQueue<K> implements WorkQueue<K> {
  readonly #clock: Clock;
  readonly #waiting = new Set<K>();
  readonly #inWork = new Set<K>();
  /** Keys in work that were added meanwhile. */
  readonly #again = new Set<K>();
  readonly #later = new Map<K, { dueMs: number; timer: Timer }>();
  readonly #failures = new Map<K, number>();
  #wake: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get length(): number {
    return this.#waiting.size;
  }

  add(key: K): void {
    this.#later.get(key)?.timer.cancel();
    this.#later.delete(key);
    if (this.#inWork.has(key)) this.#again.add(key);
    else this.#waiting.add(key);
    this.#wake();
  }

  addAfter(key: K, delayMs: number): void {
    if (delayMs <= 0) return this.add(key);
    const dueMs = this.#clock.now() + delayMs;
    const pending = this.#later.get(key);
    if (pending && pending.dueMs <= dueMs) return;
    pending?.timer.cancel();
    this.#later.set(key, { dueMs, timer: this.#clock.after(delayMs, () => this.add(key)) });
  }

  addRateLimited(key: K): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.addAfter(key, Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS));
  }

  forget(key: K): void {
    this.#failures.delete(key);
  }

  async run(work: (key: K) => Promise<void>, options: RunOptions): Promise<void> {
    const { signal } = options;
    const wake = () => this.#wake();
    signal.addEventListener("abort", wake);
    let sinceTurn = 0;
    while (!signal.aborted) {
      if (this.#waiting.size === 0 || this.#inWork.size >= options.concurrency) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      void this.#workOn(this.#take(), work, options);
      if (++sinceTurn % KEYS_PER_TURN === 0) await this.#turn();
    }
    signal.removeEventListener("abort", wake);
    await this.#drain();
  }

  #take(): K {
    const [key] = this.#waiting as Set<K> & Iterable<K>;
    this.#waiting.delete(key!);
    this.#inWork.add(key!);
    return key!;
  }

  async #workOn(key: K, work: (key: K) => Promise<void>, { onError }: RunOptions): Promise<void> {
    const failuresBefore = this.#failures.get(key);
    try {
      await work(key);
      // a success ends the row, unless the work itself asked to come again rate-limited
      if (this.#failures.get(key) === failuresBefore) this.#failures.delete(key);
    } catch (error) {
      onError(key, error);
      this.addRateLimited(key);
    }
    this.#inWork.delete(key);
    if (this.#again.delete(key)) this.#waiting.add(key);
    this.#wake();
  }

  /** Lets sockets be read between keys; held, because virtual time must not pass meanwhile. */
  #turn(): Promise<void> {
    return holding(this.#clock, () => new Promise((resolve) => setImmediate(resolve)));
  }

  /** Work that is under way is finished; what waits and what would come later is dropped. */
  async #drain(): Promise<void> {
    for (const { timer } of this.#later.values()) timer.cancel();
    this.#later.clear();
    while (this.#inWork.size > 0) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
