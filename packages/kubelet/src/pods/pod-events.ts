// Events about pods and their containers, as `kubectl describe pod` lists them.

import type { Container, Pod } from "@kubonsai/api";
import { referenceTo, type EventRecorder } from "@kubonsai/client";

export interface PodEvent {
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  /** Set when the event is about one container. */
  container?: Pick<Container, "name">;
}

export interface PodEvents {
  record(pod: Pod, event: PodEvent): void;
}

export function podEvents(recorder: Pick<EventRecorder, "event">): PodEvents {
  return {
    record(pod, { container, ...event }) {
      const fieldPath = container ? fieldPathOf(pod, container.name) : undefined;
      const typed = { ...pod, kind: "Pod", apiVersion: "v1" };
      recorder.event({ regarding: referenceTo(typed, fieldPath), ...event });
    },
  };
}

/** `spec.containers{web}` */
export function fieldPathOf({ spec }: Pod, name: string): string {
  if (spec.initContainers?.some((one) => one.name === name)) return `spec.initContainers{${name}}`;
  const isEphemeral = spec.ephemeralContainers?.some((one) => one.name === name);
  return isEphemeral ? `spec.ephemeralContainers{${name}}` : `spec.containers{${name}}`;
}
