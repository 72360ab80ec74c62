// The pid namespace of a container: who runs in it, and how busy they are.

import type { Clock } from "@kubonsai/clock";
import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "./process.ts";

const MOST_PROCESSES = 1024;
/** Steps of interpreted work between two breaths of the event loop. */
const STEPS_A_TURN = 512;
/** Turns that cost one simulated millisecond: busy loops are throttled and virtual time goes on. */
const TURNS_A_MILLISECOND = 8;

export class ProcessTable {
  readonly #clock: Clock;
  readonly #processes = new Map<number, Process>();
  #lastPid = 0;
  #steps = 0;
  #turns = 0;
  #pause: Set<() => void> | undefined;
  #sample = { timeMs: 0, turns: 0, busyMillis: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(pid: number): Process | undefined {
    return this.#processes.get(pid);
  }

  list(): Process[] {
    return [...this.#processes.values()];
  }

  get count(): number {
    return this.#processes.size;
  }

  /** @throws ErrnoError EAGAIN when the container may have no more processes */
  add(make: (pid: number) => Process): Process {
    if (this.#processes.size >= MOST_PROCESSES) throw new ErrnoError("EAGAIN");
    const made = make(++this.#lastPid);
    this.#processes.set(made.pid, made);
    return made;
  }

  /** The first process takes all others with it. */
  remove(ended: Process): void {
    this.#processes.delete(ended.pid);
    if (ended.pid === 1) {
      for (const process of this.list()) process.signal("SIGKILL");
      return;
    }
    const init = this.#processes.get(1);
    if (!init) return;
    for (const process of this.#processes.values()) {
      if (process.parent === ended) process.parent = init;
    }
  }

  /** Simulated CPU use since it was last asked, at most every second. */
  get busyMillis(): number {
    const elapsedMs = this.#clock.now() - this.#sample.timeMs;
    if (elapsedMs >= 1000) {
      const turns = this.#turns - this.#sample.turns;
      const busyMillis = Math.min(1000, Math.round((turns * 1000) / elapsedMs));
      this.#sample = { timeMs: this.#clock.now(), turns: this.#turns, busyMillis };
    }
    return this.#sample.busyMillis;
  }

  /** Members of a process group. */
  group(id: number): Process[] {
    return this.list().filter((process) => process.group === id);
  }

  /** Counts a step of work; a promise is returned when it is time to let others run. */
  step(process: Process): Promise<void> | undefined {
    if (!this.#pause) {
      if (++this.#steps % STEPS_A_TURN !== 0) return undefined;
      this.#pause = this.#beginPause();
    }
    const waiting = this.#pause;
    return process.block<void>((resolve) => {
      waiting.add(resolve);
      return () => waiting.delete(resolve);
    });
  }

  /** All of the container's processes pause together: many busy ones get no more than one. */
  #beginPause(): Set<() => void> {
    const waiting = new Set<() => void>();
    const end = () => {
      this.#pause = undefined;
      for (const resume of waiting) resume();
    };
    if (++this.#turns % TURNS_A_MILLISECOND === 0) {
      this.#clock.after(1, end);
    } else {
      const release = this.#clock.hold();
      setImmediate(() => {
        release();
        end();
      });
    }
    return waiting;
  }
}
