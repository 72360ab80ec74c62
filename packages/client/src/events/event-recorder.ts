// Tells users what happened to an object: core/v1 events, as the kubelet and the controllers write them.

import { isReason } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import type { Client } from "../client.ts";
import type { Logger } from "../logger.ts";
import {
  coreEvent,
  coreEvents,
  type CoreEvent,
  type EventSource,
  type Occurrence,
} from "./core-event.ts";
import { EventCorrelator } from "./event-correlator.ts";
import { eventNames } from "./event-name.ts";
import { createEventSender } from "./event-sender.ts";

export interface EventRecorder {
  /** Returns at once and never throws; events of one object are written in the order of calls. */
  event(occurrence: Occurrence): void;
  /** Resolves when everything recorded so far was written or given up. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

export interface EventRecorderOptions extends EventSource {
  client: Client;
  clock: Clock;
  log: Logger;
}

export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { client, clock, component, host } = options;
  const source = { component, ...(host ? { host } : {}) };
  const events = client.resource<CoreEvent>(coreEvents);
  const correlator = new EventCorrelator();
  const sender = createEventSender(options);
  const nameFor = eventNames(clock);
  return {
    event(occurrence) {
      const nowMs = clock.now();
      const name = nameFor(occurrence.regarding.name);
      const made = coreEvent(occurrence, { source, name, nowMs });
      const correlated = correlator.correlate(made, nowMs);
      if (correlated.verdict === "drop") return;
      const { verdict, event } = correlated;
      sender.enqueue(rowOf(event), () => (verdict === "create" ? create(event) : countUp(event)));
    },
    flush: () => sender.flush(),
    stop: () => sender.stop(),
  };

  async function create(event: CoreEvent): Promise<void> {
    await events.create(event);
  }

  /** Counts the stored event up; one that was removed meanwhile is written anew. */
  async function countUp(event: CoreEvent): Promise<void> {
    const { namespace = "", name = "" } = event.metadata;
    const { count, lastTimestamp, message } = event;
    const body = { count, lastTimestamp, message };
    try {
      await events.patch(namespace, name, { type: "strategic", body });
    } catch (error) {
      if (!isReason(error, "NotFound")) throw error;
      await create(event);
    }
  }
}

const rowOf = ({ involvedObject: { kind, namespace, name } }: CoreEvent) =>
  `${kind}/${namespace ?? ""}/${name}`;
