// A core/v1 Event as the recorder makes it.
// @see client-go tools/record/event.go makeEvent, generateEvent

import type { KubernetesObject } from "@kubonsai/api";
import type { NamedResource } from "../client.ts";
import type { ObjectReference } from "../object-key.ts";

export const coreEvents: NamedResource = {
  group: "",
  version: "v1",
  resource: "events",
  namespaced: true,
  kind: "Event",
};

export interface CoreEvent extends KubernetesObject {
  involvedObject: ObjectReference;
  reason: string;
  message: string;
  source: { component: string; host?: string };
  firstTimestamp: string;
  lastTimestamp: string;
  count: number;
  type: string;
  eventTime: null;
  reportingComponent: string;
  reportingInstance: string;
}

/** What happened to what. */
export interface Occurrence {
  regarding: ObjectReference;
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  annotations?: { [name: string]: string };
}

export interface EventSource {
  component: string;
  /** The node, for events of a kubelet. */
  host?: string;
}

export function coreEvent(
  { regarding, type, reason, message, annotations }: Occurrence,
  { source, name, nowMs }: { source: EventSource; name: string; nowMs: number },
): CoreEvent {
  const at = secondsTimestamp(nowMs);
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: {
      name,
      namespace: regarding.namespace || "default",
      ...(annotations ? { annotations } : {}),
    },
    involvedObject: regarding,
    reason,
    message,
    source,
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: source.component,
    reportingInstance: source.host ?? "",
  };
}

/** `2026-01-02T03:04:05Z` */
export const secondsTimestamp = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** `2026-01-02T03:04:05.678000Z` */
export const microTimestamp = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 23)}000Z`;
