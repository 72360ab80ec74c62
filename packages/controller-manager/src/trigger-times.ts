// Since when endpoints have been out of date: the earliest change that a sync answers to.
// @see kubernetes staging/src/k8s.io/endpointslice/util/trigger_time_tracker.go

import type { Pod, Service } from "@kubonsai/api";
import { podCondition } from "./pods/pod-state.ts";

export const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

interface Seen {
  service: string;
  /** pod name → its last readiness change */
  pods: Map<string, string>;
}

export class TriggerTimes {
  readonly #seen = new Map<string, Seen>();

  /** RFC 3339 of the earliest change since the last call; undefined when there was none. */
  next(key: string, service: Service, pods: readonly Pod[]): string | undefined {
    const before = this.#seen.get(key);
    const created = service.metadata.creationTimestamp ?? "";
    const now: Seen = { service: created, pods: new Map() };
    const changed: string[] = created > (before?.service ?? "") ? [created] : [];
    for (const pod of pods) {
      const time = podCondition(pod, "Ready")?.lastTransitionTime;
      if (!time) continue;
      const name = pod.metadata.name ?? "";
      now.pods.set(name, time);
      if (time > (before?.pods.get(name) ?? "")) changed.push(time);
    }
    this.#seen.set(key, now);
    return before ? changed.sort()[0] : created || undefined;
  }

  forget(key: string): void {
    this.#seen.delete(key);
  }
}

/** Annotations with the trigger time, or without one. */
export function withTriggerTime(
  annotations: { [name: string]: string } | undefined,
  time: string | undefined,
): { [name: string]: string } {
  const { [TRIGGER_TIME]: _, ...others } = annotations ?? {};
  return time === undefined ? others : { ...others, [TRIGGER_TIME]: time };
}
