// Events of events.k8s.io are stored as events of the core group: the same facts under other names.
// @see kubernetes pkg/apis/events/v1/conversion.go

import { zeroTime } from "../../defaults/zero-time.ts";
import type { KubernetesObject, StoredAs } from "../../kind.ts";
import type { Event } from "../../messages/core/v1/event.ts";
import type { EventsEvent } from "../../messages/events/v1/event.ts";

export const eventStorage: StoredAs = {
  group: "",
  version: "v1",
  resource: "events",
  toStored: (object: KubernetesObject) => toCoreEvent(object as EventsEvent),
  fromStored: (object: KubernetesObject) => fromCoreEvent(object as Event),
};

/** The members whose names differ, as in core → as in events.k8s.io. */
const renamed: readonly (readonly [core: keyof Event, events: keyof EventsEvent])[] = [
  ["involvedObject", "regarding"],
  ["message", "note"],
  ["source", "deprecatedSource"],
  ["firstTimestamp", "deprecatedFirstTimestamp"],
  ["lastTimestamp", "deprecatedLastTimestamp"],
  ["count", "deprecatedCount"],
  ["reportingComponent", "reportingController"],
];

export function toCoreEvent(event: EventsEvent): Event {
  const renaming = new Map<string, string>(renamed.map(([core, events]) => [events, core]));
  return {
    involvedObject: {},
    reportingComponent: "",
    reportingInstance: "",
    ...withNames(event, renaming),
    apiVersion: "v1",
    metadata: event.metadata,
  };
}

export function fromCoreEvent(event: Event): EventsEvent {
  const renaming = new Map<string, string>(renamed);
  const converted: EventsEvent = {
    eventTime: zeroTime,
    ...withNames(event, renaming),
    apiVersion: "events.k8s.io/v1",
    metadata: event.metadata,
  };
  // The core group always shows these two, this group only when there is something to show.
  if (converted.reportingController === "") delete converted.reportingController;
  if (converted.reportingInstance === "") delete converted.reportingInstance;
  return converted;
}

const withNames = (object: object, renaming: ReadonlyMap<string, string>): object =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [renaming.get(name) ?? name, value]),
  );
