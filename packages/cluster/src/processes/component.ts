// A part of the cluster as the composition root sees it.

import type { ProcessState } from "../control.ts";

export interface Component {
  readonly name: string;
  /** Components of one stage need those of earlier stages only: they may start side by side. */
  readonly stage: number;
  /** What its process is told: plain JSON, with paths instead of secrets. */
  readonly options: object;
  /** Starts it inside this process and resolves when it is ready. */
  startHere(): Promise<{ stop(): Promise<void> }>;
}

/** All components under way, however they run. */
export interface RunningComponents {
  states(): ProcessState[];
  /** In reverse order of the start; resolves when ports and files are free. */
  stop(): Promise<void>;
}
