// Event of the events.k8s.io group; stored as an event of the core group.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setEventsEventDefaults } from "../../defaults/event.ts";
import {
  validateEventsEvent,
  validateEventsEventCreate,
  validateEventsEventUpdate,
} from "../../validation/event.ts";
import { eventsEventColumns } from "../../columns/event.ts";
import { eventsEvent, type EventsEvent } from "../../messages/events/v1/event.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { eventStorage } from "./event-conversion.ts";

export const eventsEventKind: Kind<EventsEvent> = {
  group: "events.k8s.io",
  version: "v1",
  resource: "events",
  namespaced: true,
  kind: "Event",
  listKind: "EventList",
  singular: "event",
  shortNames: ["ev"],
  categories: [],
  verbs: standardVerbs,
  schema: eventsEvent,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {
    reason: ({ reason }) => reason ?? "",
    "regarding.kind": ({ regarding }) => regarding?.kind ?? "",
    "regarding.namespace": ({ regarding }) => regarding?.namespace ?? "",
    "regarding.name": ({ regarding }) => regarding?.name ?? "",
    "regarding.uid": ({ regarding }) => regarding?.uid ?? "",
    "regarding.apiVersion": ({ regarding }) => regarding?.apiVersion ?? "",
    "regarding.resourceVersion": ({ regarding }) => regarding?.resourceVersion ?? "",
    "regarding.fieldPath": ({ regarding }) => regarding?.fieldPath ?? "",
    reportingController: ({ reportingController }) => reportingController ?? "",
    type: ({ type }) => type ?? "",
  },
  columns: eventsEventColumns,
  storedAs: eventStorage,
  setDefaults: setEventsEventDefaults,
  validate: validateEventsEvent,
  validateCreate: validateEventsEventCreate,
  validateUpdate: validateEventsEventUpdate,
  defaultPropagation: "Background",
};
