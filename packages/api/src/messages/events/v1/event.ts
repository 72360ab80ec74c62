// Event of the events.k8s.io group: the same happening in newer words.

import { int32, message, microTime, ref, string, time } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { eventSource, type EventSource } from "../../core/v1/event.ts";
import { objectReference, type ObjectReference } from "../../core/v1/reference.ts";

export const eventsEvent = message("io.k8s.api.events.v1.Event", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  eventTime: microTime(2).required(),
  series: ref<EventsEventSeries>(3, () => eventsEventSeries),
  reportingController: string(4),
  reportingInstance: string(5),
  action: string(6),
  reason: string(7),
  regarding: ref<ObjectReference>(8, () => objectReference).default({}),
  related: ref<ObjectReference>(9, () => objectReference),
  note: string(10),
  type: string(11),
  deprecatedSource: ref<EventSource>(12, () => eventSource).default({}),
  deprecatedFirstTimestamp: time(13),
  deprecatedLastTimestamp: time(14),
  deprecatedCount: int32(15),
});
export interface EventsEvent extends TypeOf<typeof eventsEvent> {
  metadata: ObjectMeta;
}

export const eventsEventSeries = message("io.k8s.api.events.v1.EventSeries", {
  count: int32(1).required(),
  lastObservedTime: microTime(2).required(),
});
export interface EventsEventSeries extends TypeOf<typeof eventsEventSeries> {}
