// When a container that ended may be started again.
// @see kubernetes pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff

import type { Container, Pod } from "@kubonsai/api";
import { describePod } from "../text/describe.ts";
import { goDuration } from "../text/go-duration.ts";
import type { BackOff } from "./back-off.ts";
import type { PodEvents } from "./pod-events.ts";
import type { PodRuntimeStatus } from "./runtime-status.ts";
import { StartError } from "./start/start-error.ts";

export interface CrashBackOffOptions {
  backOff: BackOff;
  events: PodEvents;
  now: number;
}

/**
 * Counts this start as another step of the container's back-off.
 * @throws StartError CrashLoopBackOff while the last step's wait is not over
 */
export function awaitCrashBackOff(
  pod: Pod,
  container: Container,
  at: CrashBackOffOptions & { status: PodRuntimeStatus },
): void {
  const exited = at.status.containers.find(
    ({ name, state }) => name === container.name && state === "exited",
  );
  if (!exited) return;
  const key = `${pod.metadata.uid}/${container.name}/${container.image}`;
  const { backOff, now } = at;
  if (!backOff.isWaiting(key, { sinceMs: exited.finishedAt, now })) {
    backOff.step(key, { eventMs: exited.finishedAt, now });
    return;
  }
  const subject = `${container.name} in pod ${describePod(pod)}`;
  at.events.record(pod, {
    type: "Warning",
    reason: "BackOff",
    message: `Back-off restarting failed container ${subject}`,
    container,
  });
  const waitMs = backOff.waitMs(key);
  const message =
    `back-off ${goDuration(waitMs)} restarting failed ` +
    `container=${container.name} pod=${describePod(pod)}`;
  throw new StartError("CrashLoopBackOff", message, exited.finishedAt + waitMs);
}
