// How long a container may take to stop.

import type { Container, Pod } from "@kubonsai/api";
import type { KillReason } from "../pod-actions.ts";

/** The least time between the stop signal and SIGKILL. */
export const LEAST_GRACE_SECONDS = 2;

/** Seconds, when the caller of the kill does not say. */
export function killGrace(pod: Pod, container: Container, reason: KillReason): number {
  const { deletionGracePeriodSeconds } = pod.metadata;
  if (deletionGracePeriodSeconds !== undefined) return deletionGracePeriodSeconds;
  const own = probeOf(container, reason)?.terminationGracePeriodSeconds;
  return own ?? pod.spec.terminationGracePeriodSeconds ?? LEAST_GRACE_SECONDS;
}

function probeOf(container: Container, reason: KillReason) {
  if (reason === "livenessProbe") return container.livenessProbe;
  return reason === "startupProbe" ? container.startupProbe : undefined;
}

/**
 * A pod's grace while it terminates: what the API grants, or less; never growing, at least 1.
 * @param current 0 before the first call
 */
export function effectiveGrace(pod: Pod, current: number, override?: number): number {
  let grace = current;
  let isSet = false;
  for (const wanted of [pod.metadata.deletionGracePeriodSeconds, override]) {
    if (wanted === undefined || (grace !== 0 && wanted >= grace)) continue;
    grace = wanted;
    isSet = true;
  }
  if (!isSet && grace === 0) grace = pod.spec.terminationGracePeriodSeconds ?? 0;
  return Math.max(grace, 1);
}
