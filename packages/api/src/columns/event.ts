// The table of events, of either group.

import { age } from "../duration/age.ts";
import type { Column } from "../kind.ts";
import type { Event } from "../messages/core/v1/event.ts";
import type { EventsEvent } from "../messages/events/v1/event.ts";
import { toCoreEvent } from "../kinds/events/event-conversion.ts";
import { column, wideColumn } from "./column.ts";
import { nameColumn } from "./metadata.ts";

export const eventColumns: readonly Column<Event>[] = [
  column("Last Seen", "When it happened last", lastSeen),
  column("Type", "Normal or Warning", ({ type }) => type ?? ""),
  column("Reason", "Why it was told, in one word", ({ reason }) => reason ?? ""),
  column("Object", "What it happened to", ({ involvedObject: { kind = "", name = "" } }) =>
    name === "" ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`,
  ),
  wideColumn(
    "Subobject",
    "The part it happened to",
    (event) => event.involvedObject.fieldPath ?? "",
  ),
  wideColumn("Source", "Who told it", source),
  column("Message", "What happened", ({ message = "" }) => message.trim()),
  wideColumn("First Seen", "When it happened first", firstSeen),
  wideColumn("Count", "How often", ({ series, count }) =>
    series ? (series.count ?? 0) : count || 1,
  ),
  { ...nameColumn, priority: 1 },
];

function firstSeen({ firstTimestamp, eventTime }: Event, nowMs: number): string {
  return age(firstTimestamp || eventTime, nowMs);
}

function lastSeen(event: Event, nowMs: number): string {
  if (event.series) return age(event.series.lastObservedTime, nowMs);
  return event.lastTimestamp ? age(event.lastTimestamp, nowMs) : firstSeen(event, nowMs);
}

function source({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source?.component || reportingComponent || "";
  const instance = source?.host || reportingInstance || "";
  return instance === "" ? component : `${component}, ${instance}`;
}

/** Rows are printed from the core form, whatever group asked. */
export const eventsEventColumns: readonly Column<EventsEvent>[] = eventColumns.map((one) => ({
  ...one,
  cell: (event: EventsEvent, nowMs: number) => one.cell(toCoreEvent(event), nowMs),
}));
