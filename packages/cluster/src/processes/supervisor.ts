// Keeps one component running: starts it, and starts it again with growing pauses when it dies.

import type { Clock } from "@kubonsai/clock";
import type { ProcessState } from "../control.ts";
import { startChild, type ChildOptions, type StartedChild } from "./child-process.ts";
import type { Component } from "./component.ts";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A run of this length ends the row of failures. */
const HEALTHY_MS = 30_000;

export interface SupervisorOptions extends Omit<ChildOptions, "onExit" | "signal"> {
  report: (line: string) => void;
}

export class Supervisor {
  readonly #component: Component;
  readonly #options: SupervisorOptions;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  #started: StartedChild | undefined;
  #state: ProcessState["state"] = "starting";
  #restarts = 0;
  #failures = 0;
  #readyAt = 0;

  constructor(component: Component, options: SupervisorOptions) {
    this.#component = component;
    this.#options = options;
    this.#clock = options.clock;
  }

  /** Resolves when the component is ready. @throws Error when its first start fails */
  async start(): Promise<void> {
    const started = await startChild(this.#component, {
      ...this.#options,
      signal: this.#stopping.signal,
      onExit: (how) => void this.#onExit(how),
    });
    this.#started = started;
    this.#state = "ready";
    this.#readyAt = this.#clock.now();
    if (this.#stopping.signal.aborted) await started.stop();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#state = "stopped";
    await this.#started?.stop();
  }

  state(): ProcessState {
    return {
      name: this.#component.name,
      pid: this.#started?.pid ?? 0,
      state: this.#state,
      restarts: this.#restarts,
    };
  }

  async #onExit(how: string): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#started = undefined;
    if (this.#clock.now() - this.#readyAt > HEALTHY_MS) this.#failures = 0;
    await this.#restart(how);
  }

  async #restart(how: string): Promise<void> {
    const { report } = this.#options;
    for (;;) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures++, LONGEST_PAUSE_MS);
      this.#state = "restarting";
      this.#restarts++;
      report(`${this.#component.name} died (${how}); starting it again in ${pauseMs} ms`);
      await this.#clock.sleep(pauseMs, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      try {
        await this.start();
        return report(`${this.#component.name} is back (pid ${this.#started?.pid})`);
      } catch (error) {
        how = (error as Error).message;
      }
    }
  }
}
