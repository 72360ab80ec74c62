// What becomes of an event among those before it: its own object, one more count of an earlier one,
// part of a combined one, or nothing when its source talks too much.
// @see client-go tools/record/events_cache.go

import { LruMap } from "./lru-map.ts";
import type { CoreEvent } from "./core-event.ts";

const CACHE_SIZE = 4096;
/** From this many different messages on, events that differ in nothing else become one. */
const MOST_DISTINCT_MESSAGES = 10;
const AGGREGATION_INTERVAL_MS = 600_000;
const SPAM_BURST = 25;
const SPAM_REFILL_MS = 300_000;

export type Correlated =
  | { verdict: "create"; event: CoreEvent }
  /** `event` has the name and first time of the earlier one, its count raised. */
  | { verdict: "count"; event: CoreEvent }
  | { verdict: "drop" };

interface Aggregate {
  messages: Set<string>;
  lastMs: number;
}

interface Observation {
  name: string;
  count: number;
  firstTimestamp: string;
}

interface Bucket {
  tokens: number;
  filledMs: number;
}

export class EventCorrelator {
  readonly #aggregates = new LruMap<string, Aggregate>(CACHE_SIZE);
  readonly #observations = new LruMap<string, Observation>(CACHE_SIZE);
  readonly #buckets = new LruMap<string, Bucket>(CACHE_SIZE);

  correlate(event: CoreEvent, nowMs: number): Correlated {
    const { aggregated, key } = this.#aggregate(event, nowMs);
    const observed = this.#observe(aggregated, key);
    if (!this.#mayTalk(spamKey(observed), nowMs)) return { verdict: "drop" };
    return { verdict: observed.count > 1 ? "count" : "create", event: observed };
  }

  #aggregate(event: CoreEvent, nowMs: number): { aggregated: CoreEvent; key: string } {
    const groupKey = `${spamKey(event)}\0${event.reason}`;
    let group = this.#aggregates.get(groupKey);
    if (!group || nowMs - group.lastMs > AGGREGATION_INTERVAL_MS) {
      group = { messages: new Set(), lastMs: nowMs };
    }
    group.messages.add(event.message);
    group.lastMs = nowMs;
    this.#aggregates.set(groupKey, group);
    if (group.messages.size < MOST_DISTINCT_MESSAGES) {
      return {
        aggregated: event,
        key: `${groupKey}\0${event.involvedObject.fieldPath ?? ""}\0${event.message}`,
      };
    }
    // one goes, so that the set stays at its limit and the next message is combined as well
    for (const message of group.messages) {
      group.messages.delete(message);
      break;
    }
    const message = `(combined from similar events): ${event.message}`;
    return { aggregated: { ...event, message }, key: groupKey };
  }

  #observe(event: CoreEvent, key: string): CoreEvent {
    const earlier = this.#observations.get(key);
    const observed = earlier
      ? {
          ...event,
          metadata: { ...event.metadata, name: earlier.name },
          firstTimestamp: earlier.firstTimestamp,
          count: earlier.count + 1,
        }
      : event;
    const { count, firstTimestamp, metadata } = observed;
    this.#observations.set(key, { name: metadata.name ?? "", count, firstTimestamp });
    return observed;
  }

  /** A token bucket per source and object: a burst, then one event every five minutes. */
  #mayTalk(key: string, nowMs: number): boolean {
    const bucket = this.#buckets.get(key) ?? { tokens: SPAM_BURST, filledMs: nowMs };
    const refill = (nowMs - bucket.filledMs) / SPAM_REFILL_MS;
    bucket.tokens = Math.min(SPAM_BURST, bucket.tokens + refill);
    bucket.filledMs = nowMs;
    const isAllowed = bucket.tokens >= 1;
    if (isAllowed) bucket.tokens -= 1;
    this.#buckets.set(key, bucket);
    return isAllowed;
  }
}

/** Source, object and type. */
function spamKey({ source, involvedObject, type }: CoreEvent): string {
  const { kind, namespace = "", name, uid = "", apiVersion } = involvedObject;
  return [source.component, source.host ?? "", kind, namespace, name, uid, apiVersion, type].join(
    "\0",
  );
}
