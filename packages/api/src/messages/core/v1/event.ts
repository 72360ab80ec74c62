// Event of the core group: something that happened to an object.

import { int32, message, microTime, ref, string, time } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { objectReference, type ObjectReference } from "./reference.ts";

export const event = message("io.k8s.api.core.v1.Event", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta)
    .required()
    .default({}),
  involvedObject: ref<ObjectReference>(2, () => objectReference)
    .required()
    .default({}),
  reason: string(3),
  message: string(4),
  source: ref<EventSource>(5, () => eventSource).default({}),
  firstTimestamp: time(6),
  lastTimestamp: time(7),
  count: int32(8),
  type: string(9),
  eventTime: microTime(10),
  series: ref<EventSeries>(11, () => eventSeries),
  action: string(12),
  related: ref<ObjectReference>(13, () => objectReference),
  reportingComponent: string(14),
  reportingInstance: string(15),
});
export interface Event extends TypeOf<typeof event> {
  metadata: ObjectMeta;
}

export const eventSeries = message("io.k8s.api.core.v1.EventSeries", {
  count: int32(1),
  lastObservedTime: microTime(2),
});
export interface EventSeries extends TypeOf<typeof eventSeries> {}

export const eventSource = message("io.k8s.api.core.v1.EventSource", {
  component: string(1),
  host: string(2),
});
export interface EventSource extends TypeOf<typeof eventSource> {}
