// Members of events that are always shown, with times that were never set as null.

import type { Event } from "../messages/core/v1/event.ts";
import type { EventsEvent } from "../messages/events/v1/event.ts";
import { zeroTime } from "./zero-time.ts";

export function setEventDefaults(event: Event): void {
  event.involvedObject ??= {};
  event.source ??= {};
  event.firstTimestamp ??= zeroTime;
  event.lastTimestamp ??= zeroTime;
  event.eventTime ??= zeroTime;
  event.reportingComponent ??= "";
  event.reportingInstance ??= "";
}

export function setEventsEventDefaults(event: EventsEvent): void {
  event.regarding ??= {};
  event.deprecatedSource ??= {};
  event.deprecatedFirstTimestamp ??= zeroTime;
  event.deprecatedLastTimestamp ??= zeroTime;
  event.eventTime ??= zeroTime;
}
