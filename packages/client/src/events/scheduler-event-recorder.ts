// Events of events.k8s.io/v1, as the scheduler writes them: with an action, and repeats as a series.
// @see client-go tools/events/event_broadcaster.go

import { isReason, type KubernetesObject } from "@kubonsai/api";
import type { Clock, Timer } from "@kubonsai/clock";
import type { Client, NamedResource, ResourceClient } from "../client.ts";
import type { Logger } from "../logger.ts";
import type { ObjectReference } from "../object-key.ts";
import { microTimestamp } from "./core-event.ts";
import { createNamed, eventNames } from "./event-name.ts";
import { createEventSender, type EventSender } from "./event-sender.ts";

export interface SchedulerEventRecorder {
  /** Returns at once and never throws; events of one object are written in the order of calls. */
  event(occurrence: ActionOccurrence): void;
  flush(): Promise<void>;
  stop(): Promise<void>;
}

export interface ActionOccurrence {
  regarding: ObjectReference;
  related?: ObjectReference;
  type: "Normal" | "Warning";
  reason: string;
  /** What was being done: `Binding`, `Scheduling`, `Preempting`. */
  action: string;
  note: string;
}

export interface SchedulerEventRecorderOptions {
  client: Client;
  clock: Clock;
  log: Logger;
  /** `default-scheduler` */
  reportingController: string;
  /** `default-scheduler-<host name>` */
  reportingInstance: string;
}

interface SeriesEvent extends KubernetesObject, ActionOccurrence {
  eventTime: string;
  reportingController: string;
  reportingInstance: string;
  series?: { count: number; lastObservedTime: string };
}

const eventsOfGroup: NamedResource = {
  group: "events.k8s.io",
  version: "v1",
  resource: "events",
  namespaced: true,
  kind: "Event",
};

/** A series without news for this long has ended: the next repeat is a new event. */
const FINISH_MS = 6 * 60_000;
/** While it lasts, a series is written at most this often after its first repeat. */
const REFRESH_MS = 30 * 60_000;
const LONGEST_NOTE = 1024;

interface Known {
  event: SeriesEvent;
  lastMs: number;
  writtenMs: number;
}

export function createSchedulerEventRecorder(
  options: SchedulerEventRecorderOptions,
): SchedulerEventRecorder {
  return new SeriesRecorder(options);
}

class SeriesRecorder implements SchedulerEventRecorder {
  readonly #options: SchedulerEventRecorderOptions;
  readonly #clock: Clock;
  readonly #events: ResourceClient<SeriesEvent>;
  readonly #sender: EventSender;
  readonly #nameFor: (objectName: string) => string;
  /** What happened lately, by what makes a repeat of it. */
  readonly #known = new Map<string, Known>();
  readonly #finishing: Timer;

  constructor(options: SchedulerEventRecorderOptions) {
    const { client, clock } = options;
    this.#options = options;
    this.#clock = clock;
    this.#events = client.resource<SeriesEvent>(eventsOfGroup);
    this.#sender = createEventSender(options);
    this.#nameFor = eventNames(clock);
    this.#finishing = clock.every(FINISH_MS, () => this.#finish());
  }

  event(occurrence: ActionOccurrence): void {
    const nowMs = this.#clock.now();
    const key = sameness(occurrence);
    const earlier = this.#known.get(key);
    if (earlier) return this.#repeat(earlier, nowMs);
    const event = this.#make(occurrence, nowMs);
    this.#known.set(key, { event, lastMs: nowMs, writtenMs: nowMs });
    const stored = { ...event };
    this.#sender.enqueue(rowOf(event), () => this.#create(stored));
  }

  flush(): Promise<void> {
    return this.#sender.flush();
  }

  stop(): Promise<void> {
    this.#finishing.cancel();
    return this.#sender.stop();
  }

  #make(occurrence: ActionOccurrence, nowMs: number): SeriesEvent {
    const { regarding, note } = occurrence;
    const { reportingController, reportingInstance } = this.#options;
    const name = this.#nameFor(regarding.name);
    return {
      apiVersion: "events.k8s.io/v1",
      kind: "Event",
      metadata: { name, namespace: regarding.namespace || "default" },
      ...occurrence,
      note: note.length > LONGEST_NOTE ? `${note.slice(0, LONGEST_NOTE - 4)} ...` : note,
      eventTime: microTimestamp(nowMs),
      reportingController,
      reportingInstance,
    };
  }

  /** The first repeat opens the series on the server; later ones are told when due. */
  #repeat(earlier: Known, nowMs: number): void {
    const count = (earlier.event.series?.count ?? 1) + 1;
    earlier.event.series = { count, lastObservedTime: microTimestamp(nowMs) };
    earlier.lastMs = nowMs;
    if (count === 2 || nowMs - earlier.writtenMs >= REFRESH_MS) this.#writeSeries(earlier);
  }

  #writeSeries(known: Known): void {
    known.writtenMs = this.#clock.now();
    const event = { ...known.event };
    this.#sender.enqueue(rowOf(event), () => this.#patchSeries(event));
  }

  #create(event: SeriesEvent): Promise<void> {
    return createNamed(event, {
      create: () => this.#events.create(event),
      rename: () => this.#nameFor(event.regarding.name),
    });
  }

  async #patchSeries(event: SeriesEvent): Promise<void> {
    const { namespace = "", name = "" } = event.metadata;
    try {
      const body = { series: event.series };
      await this.#events.patch(namespace, name, { type: "strategic", body });
    } catch (error) {
      if (!isReason(error, "NotFound")) throw error;
      await this.#create(event);
    }
  }

  #finish(): void {
    for (const [key, known] of this.#known) {
      if (this.#clock.now() - known.lastMs < FINISH_MS) continue;
      if ((known.event.series?.count ?? 0) > 2) this.#writeSeries(known);
      this.#known.delete(key);
    }
  }
}

/** Repeats may differ in their note only. */
function sameness({ regarding, related, type, reason, action }: ActionOccurrence): string {
  return JSON.stringify([type, action, reason, regarding, related]);
}

const rowOf = ({ regarding: { kind, namespace, name } }: SeriesEvent) =>
  `${kind}/${namespace ?? ""}/${name}`;
