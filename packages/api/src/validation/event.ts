// Events of either group.
// @see kubernetes pkg/apis/core/validation/events.go

import { invalid, required, type FieldError } from "../errors/field-error.ts";
import type { Event } from "../messages/core/v1/event.ts";
import type { EventsEvent } from "../messages/events/v1/event.ts";
import { toCoreEvent } from "../kinds/events/event-conversion.ts";
import { dns1123Subdomain } from "./names.ts";
import { immutable, invalidFor, isQualifiedName } from "./rules.ts";

export const validateEvent = (event: Event): FieldError[] =>
  legacyErrors(event, "reportingComponent");

/** New events of events.k8s.io may not use what only old ones have. */
export function validateEventsEventCreate(object: EventsEvent): FieldError[] {
  const event = toCoreEvent(object);
  const errors = seriesErrors(event);
  if (!event.eventTime) errors.push(required("eventTime"));
  if (event.type !== "Normal" && event.type !== "Warning") {
    errors.push(invalid("type", "", `has invalid value: ${event.type ?? ""}`));
  }
  for (const member of ["firstTimestamp", "lastTimestamp", "count"] as const) {
    if (event[member]) errors.push(invalid(member, "", "needs to be unset"));
  }
  if (event.source?.component || event.source?.host) {
    errors.push(invalid("source", "", "needs to be unset"));
  }
  return errors;
}

export const validateEventsEvent = (object: EventsEvent): FieldError[] =>
  legacyErrors(toCoreEvent(object), "reportingController");

const fixed = [
  "involvedObject",
  "reason",
  "message",
  "source",
  "firstTimestamp",
  "lastTimestamp",
  "count",
  "type",
  "eventTime",
  "action",
  "related",
  "reportingComponent",
  "reportingInstance",
] as const;

/** Only the series goes on. */
export function validateEventsEventUpdate(object: EventsEvent, oldObject: EventsEvent) {
  const [event, old] = [toCoreEvent(object), toCoreEvent(oldObject)];
  return [
    ...seriesErrors(event),
    ...fixed.flatMap((member) => {
      const field = member === "reportingComponent" ? "reportingController" : member;
      return immutable(field, event[member], old[member]);
    }),
  ];
}

function seriesErrors({ series }: Event): FieldError[] {
  if (!series) return [];
  const errors: FieldError[] = [];
  if ((series.count ?? 0) < 2) errors.push(invalid("series.count", "", "should be at least 2"));
  if (!series.lastObservedTime) errors.push(required("series.lastObservedTime"));
  return errors;
}

function legacyErrors(event: Event, reporter: string): FieldError[] {
  const namespace = event.metadata.namespace ?? "";
  return [
    ...namespaceErrors(event, namespace),
    ...(event.eventTime ? newStyleErrors(event, reporter) : []),
    ...invalidFor("namespace", namespace, dns1123Subdomain(namespace)),
  ];
}

/** An event lives where its object does; those of cluster-wide objects live in `default`. */
function namespaceErrors(event: Event, namespace: string): FieldError[] {
  const involved = event.involvedObject.namespace ?? "";
  const homes = event.eventTime ? ["default", "kube-system"] : ["", "default"];
  const fits = involved === "" ? homes.includes(namespace) : involved === namespace;
  if (fits || (event.eventTime && involved !== "")) return [];
  return [invalid("involvedObject.namespace", involved, "does not match event.namespace")];
}

function newStyleErrors(event: Event, reporter: string): FieldError[] {
  const { reportingComponent = "", reportingInstance, action, reason, message } = event;
  return [
    ...(reportingComponent === "" ? [required(reporter)] : []),
    ...isQualifiedName(reporter, reportingComponent),
    ...textErrors("reportingInstance", reportingInstance, 128),
    ...textErrors("action", action, 128),
    ...textErrors("reason", reason, 128),
    ...((message ?? "").length > 1024 ? textErrors("message", message, 1024) : []),
  ];
}

function textErrors(field: string, text: string | undefined, limit: number): FieldError[] {
  if (!text) return [required(field)];
  if (text.length <= limit) return [];
  return [invalid(field, "", `can have at most ${limit} characters`)];
}
