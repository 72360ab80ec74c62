// Event of the core group, under which events of either group are stored.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setEventDefaults } from "../../defaults/event.ts";
import { validateEvent } from "../../validation/event.ts";
import { eventColumns } from "../../columns/event.ts";
import { event, type Event } from "../../messages/core/v1/event.ts";
import { pathSegment } from "../../validation/names.ts";

export const eventKind: Kind<Event> = {
  group: "",
  version: "v1",
  resource: "events",
  namespaced: true,
  kind: "Event",
  listKind: "EventList",
  singular: "event",
  shortNames: ["ev"],
  categories: [],
  verbs: standardVerbs,
  schema: event,
  subresources: [],
  nameRule: pathSegment,
  selectableFields: {
    "involvedObject.kind": ({ involvedObject }) => involvedObject.kind ?? "",
    "involvedObject.namespace": ({ involvedObject }) => involvedObject.namespace ?? "",
    "involvedObject.name": ({ involvedObject }) => involvedObject.name ?? "",
    "involvedObject.uid": ({ involvedObject }) => involvedObject.uid ?? "",
    "involvedObject.apiVersion": ({ involvedObject }) => involvedObject.apiVersion ?? "",
    "involvedObject.resourceVersion": ({ involvedObject }) => involvedObject.resourceVersion ?? "",
    "involvedObject.fieldPath": ({ involvedObject }) => involvedObject.fieldPath ?? "",
    reason: ({ reason }) => reason ?? "",
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? "",
    source: ({ source, reportingComponent }) => source?.component || reportingComponent || "",
    type: ({ type }) => type ?? "",
  },
  columns: eventColumns,
  setDefaults: setEventDefaults,
  validate: validateEvent,
  defaultPropagation: "Background",
};
