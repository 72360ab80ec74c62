// A control loop: once its informers are in step, keys from a queue are brought to what they should be.

import { setMaxListeners } from "node:events";
import { isReason } from "@kubonsai/api";
import type { Logger } from "./logger.ts";
import type { WorkQueue } from "./work-queue.ts";

export interface ControlLoop<K> {
  /** Shown in log lines. */
  name: string;
  /** What must be synced before the first key is worked on. */
  informers: readonly { synced(): Promise<void> }[];
  queue: WorkQueue<K>;
  /** Makes one key right; idempotent. What it throws brings the key again, later and later. */
  sync(key: K): Promise<void>;
  concurrency?: number;
  log: Logger;
}

/** Runs until `signal` aborts and the work under way has ended. */
export async function runControlLoop<K>(loop: ControlLoop<K>, signal: AbortSignal): Promise<void> {
  setMaxListeners(0, signal); // many loops share one
  await Promise.race([Promise.all(loop.informers.map((one) => one.synced())), aborted(signal)]);
  await loop.queue.run(async (key) => loop.sync(key), {
    concurrency: loop.concurrency ?? 5,
    signal,
    onError: (key, error) => {
      if (!signal.aborted) report(loop, key, error);
    },
  });
}

/** A lost race is daily bread: the winner's change is on its way through the watch. */
function report<K>({ name, log }: ControlLoop<K>, key: unknown, error: unknown): void {
  const fields = { controller: name, key, err: error };
  if (isReason(error, "Conflict")) log.debug(fields, "lost a race, will try again");
  else log.warn(fields, "sync failed, will try again");
}

export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}
