// What every component is: a function that starts it and a handle that stops it.

import type { Clock, Random } from "@kubonsai/clock";
import type { Connection } from "./connection.ts";
import type { Logger } from "./logger.ts";

/** What a component that speaks to the API server is given. */
export interface ComponentOptions {
  connection: Connection;
  clock: Clock;
  random: Random;
  log: Logger;
}

export interface Running {
  /** Stops taking work, finishes what is under way, frees ports and files. */
  stop(): Promise<void>;
}
