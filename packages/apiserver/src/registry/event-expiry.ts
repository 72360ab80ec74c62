// Events live for an hour after they were last written.
// Unlike Kubernetes, which gives their keys a lease, they are looked through once a minute.

import { everything, type Event, type Kind } from "@kubonsai/api";
import { holding, type Clock } from "@kubonsai/clock";
import type { Logger } from "../logger.ts";
import { Selection } from "../storage/selection.ts";
import type { ObjectStorage } from "../storage/object-storage.ts";

const LIFETIME_MS = 60 * 60 * 1000;
const PERIOD_MS = 60 * 1000;

export interface Expiry {
  readonly kind: Kind;
  readonly storage: ObjectStorage;
  readonly clock: Clock;
  readonly log: Logger;
}

/** @returns a function that ends it */
export function expireEvents(expiry: Expiry): () => void {
  const { clock, log } = expiry;
  const timer = clock.every(PERIOD_MS, () => {
    holding(clock, () => removeOld(expiry)).catch((error: unknown) => {
      log.warn({ error: String(error) }, "old events could not be removed");
    });
  });
  return () => timer.cancel();
}

async function removeOld({ kind, storage, clock }: Expiry): Promise<void> {
  const all = new Selection(kind, "", { labels: everything, fields: [] });
  const deadline = clock.now() - LIFETIME_MS;
  for (const { path, stored } of storage.cache.entries(all)) {
    // a lost race means that it was written just now
    if (lastWrittenMs(stored.object as Event) < deadline) await storage.remove(path, stored);
  }
}

function lastWrittenMs({ metadata, lastTimestamp, eventTime, series }: Event): number {
  const times = [metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime];
  return Math.max(...times.map((time) => (time ? Date.parse(time) : 0)));
}
