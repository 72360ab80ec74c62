// What a controller is and what it is given.

import type { Clock, Random } from "@kubonsai/clock";
import type { Client, EventRecorder, Logger } from "@kubonsai/client";
import type { SharedInformers } from "./informers.ts";

export interface Controller {
  /** Works until `signal` aborts and what is under way has ended. */
  run(signal: AbortSignal): Promise<void>;
}

/** Registers its informer handlers at once; works when run. */
export type MakeController = (surroundings: Surroundings) => Controller;

export interface Surroundings {
  client: Client;
  informers: SharedInformers;
  clock: Clock;
  random: Random;
  log: Logger;
  /** The recorder of one event source: `replicaset-controller`. */
  recorder(component: string): EventRecorder;
  /** PEM; published to every namespace. */
  rootCa: string;
}
