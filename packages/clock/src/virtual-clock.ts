// Time that moves only when told to. Between two timers it waits until the process is quiet: no held
// work, and a number of event-loop turns in which none began, so that what one timer set off over
// sockets and disk has settled before the next one fires.

import { sleepOn, type Clock, type Timer } from "./clock.ts";

/**
 * Event-loop turns without held work that count as quiet. A loopback message is readable one turn
 * after it was written; the longest relay without a held request (store → apiserver → informer →
 * work queue, over TLS) takes about six.
 */
const QUIET_TURNS = 12;

interface Entry extends Timer {
  dueMs: number;
  order: number;
  run: () => void;
}

export class VirtualClock implements Clock {
  #nowMs: number;
  #order = 0;
  #held = 0;
  #touched = 0;
  #advancing: Promise<void> = Promise.resolve();
  readonly #entries = new Set<Entry>();

  /** @param startMs epoch milliseconds at which time begins */
  constructor(startMs: number = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Timer {
    const entry: Entry = {
      dueMs: this.#nowMs + Math.max(delayMs, 0),
      order: this.#order++,
      run,
      cancel: () => this.#entries.delete(entry),
    };
    this.#entries.add(entry);
    return entry;
  }

  every(periodMs: number, run: () => void): Timer {
    let timer: Timer;
    const tick = () => {
      timer = this.after(periodMs, tick);
      run();
    };
    timer = this.after(periodMs, tick);
    return { cancel: () => timer.cancel() };
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, delayMs, signal);
  }

  hold(): () => void {
    this.#held++;
    this.#touched++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#held--;
      this.#touched++;
    };
  }

  /** Moves time forward by `ms`, firing every timer that falls due, in order, each time settling. */
  advance(ms: number): Promise<void> {
    this.#advancing = this.#advancing.then(() => this.#advanceTo(this.#nowMs + ms));
    return this.#advancing;
  }

  /**
   * Advances in steps until `condition` holds.
   * @throws Error when `limitMs` of virtual time pass first
   */
  async advanceUntil(
    condition: () => boolean | Promise<boolean>,
    { stepMs = 100, limitMs = 60_000 }: { stepMs?: number; limitMs?: number } = {},
  ): Promise<void> {
    const end = this.#nowMs + limitMs;
    await this.settle();
    while (!(await condition())) {
      if (this.#nowMs >= end) throw new Error(`condition not met within ${limitMs} virtual ms`);
      await this.advance(stepMs);
    }
  }

  /** Resolves when the process is quiet; fires no timer. */
  async settle(): Promise<void> {
    let quietTurns = 0;
    let seen = this.#touched;
    while (quietTurns < QUIET_TURNS) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const isQuiet = this.#held === 0 && seen === this.#touched;
      quietTurns = isQuiet ? quietTurns + 1 : 0;
      seen = this.#touched;
    }
  }

  async #advanceTo(endMs: number): Promise<void> {
    await this.settle();
    for (let entry = this.#next(endMs); entry; entry = this.#next(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, entry.dueMs);
      for (const due of this.#dueNow()) {
        if (this.#entries.delete(due)) due.run();
      }
      await this.settle();
    }
    this.#nowMs = Math.max(this.#nowMs, endMs);
  }

  #next(endMs: number): Entry | undefined {
    let first: Entry | undefined;
    for (const entry of this.#entries) {
      if (entry.dueMs > endMs) continue;
      if (!first || entry.dueMs < first.dueMs) first = entry;
    }
    return first;
  }

  #dueNow(): Entry[] {
    return [...this.#entries]
      .filter((entry) => entry.dueMs <= this.#nowMs)
      .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
  }
}
