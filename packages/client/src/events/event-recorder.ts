// Tells users what happened to an object: core/v1 events, as the kubelet and the controllers write them.

import { isReason } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import type { Client, ResourceClient } from "../client.ts";
import type { Logger } from "../logger.ts";
import {
  coreEvent,
  coreEvents,
  type CoreEvent,
  type EventSource,
  type Occurrence,
} from "./core-event.ts";
import { EventCorrelator } from "./event-correlator.ts";
import { createNamed, eventNames } from "./event-name.ts";
import { createEventSender, type EventSender } from "./event-sender.ts";

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
  return new CoreEventRecorder(options);
}

class CoreEventRecorder implements EventRecorder {
  readonly #clock: Clock;
  readonly #source: EventSource;
  readonly #events: ResourceClient<CoreEvent>;
  readonly #correlator = new EventCorrelator();
  readonly #sender: EventSender;
  readonly #nameFor: (objectName: string) => string;

  constructor({ client, clock, log, component, host }: EventRecorderOptions) {
    this.#clock = clock;
    this.#source = { component, ...(host ? { host } : {}) };
    this.#events = client.resource<CoreEvent>(coreEvents);
    this.#sender = createEventSender({ clock, log });
    this.#nameFor = eventNames(clock);
  }

  event(occurrence: Occurrence): void {
    const nowMs = this.#clock.now();
    const name = this.#nameFor(occurrence.regarding.name);
    const made = coreEvent(occurrence, { source: this.#source, name, nowMs });
    const correlated = this.#correlator.correlate(made, nowMs);
    if (correlated.verdict === "drop") return;
    const { verdict, event } = correlated;
    this.#sender.enqueue(rowOf(event), () =>
      verdict === "create" ? this.#create(event) : this.#countUp(event),
    );
  }

  flush(): Promise<void> {
    return this.#sender.flush();
  }

  stop(): Promise<void> {
    return this.#sender.stop();
  }

  #create(event: CoreEvent): Promise<void> {
    return createNamed(event, {
      create: () => this.#events.create(event),
      rename: () => this.#nameFor(event.involvedObject.name ?? ""),
    });
  }

  /** Counts the stored event up; one that was removed meanwhile is written anew. */
  async #countUp(event: CoreEvent): Promise<void> {
    const { namespace = "", name = "" } = event.metadata;
    const { count, lastTimestamp, message } = event;
    const body = { count, lastTimestamp, message };
    try {
      await this.#events.patch(namespace, name, { type: "strategic", body });
    } catch (error) {
      if (!isReason(error, "NotFound")) throw error;
      await this.#create(event);
    }
  }
}

const rowOf = ({ involvedObject: { kind, namespace, name } }: CoreEvent) =>
  `${kind}/${namespace ?? ""}/${name}`;
