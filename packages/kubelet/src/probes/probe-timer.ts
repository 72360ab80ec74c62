// When probes run: the one place that sets their timers.

import type { Clock, Timer } from "@kubonsai/clock";

/** A ticker that can be moved: after `restart` the next tick is a whole period away. */
export class ProbeTimer {
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #tick: () => void;
  #timer: Timer | undefined;

  constructor(clock: Clock, periodMs: number, tick: () => void) {
    this.#clock = clock;
    this.#periodMs = periodMs;
    this.#tick = tick;
  }

  /** The first tick comes after `delayMs` (0: in a later turn), then one every period. */
  start(delayMs: number): void {
    this.#timer = this.#clock.after(delayMs, () => {
      this.restart();
      this.#tick();
    });
  }

  restart(): void {
    this.stop();
    this.#timer = this.#clock.every(this.#periodMs, this.#tick);
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
