// Nodes that are to be tainted so that their pods leave: one at a time, at a zone's rate.

import type { Clock, Timer } from "@kubonsai/clock";

export class TaintQueue {
  readonly #clock: Clock;
  readonly #taint: (node: string) => Promise<void>;
  readonly #waiting = new Set<string>();
  #ratePerSecond = 0.1;
  /** When the next node may be taken; the first may at once. */
  #freeMs = 0;
  #timer: Timer | undefined;

  /** @param taint must not throw; called for a node whose turn has come */
  constructor(clock: Clock, taint: (node: string) => Promise<void>) {
    this.#clock = clock;
    this.#taint = taint;
  }

  add(node: string): void {
    this.#waiting.add(node);
    this.#schedule();
  }

  remove(node: string): void {
    this.#waiting.delete(node);
  }

  setRate(perSecond: number): void {
    if (perSecond === this.#ratePerSecond) return;
    this.#ratePerSecond = perSecond;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#schedule();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#waiting.clear();
  }

  #schedule(): void {
    if (this.#timer || this.#waiting.size === 0 || this.#ratePerSecond === 0) return;
    const waitMs = Math.max(0, this.#freeMs - this.#clock.now());
    this.#timer = this.#clock.after(waitMs, () => this.#next());
  }

  #next(): void {
    this.#timer = undefined;
    for (const node of this.#waiting) {
      this.#waiting.delete(node);
      this.#freeMs = this.#clock.now() + 1000 / this.#ratePerSecond;
      void this.#taint(node);
      break;
    }
    this.#schedule();
  }
}
