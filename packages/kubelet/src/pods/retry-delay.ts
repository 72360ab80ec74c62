// When a pod is looked at again if nothing happens.
// @see kubernetes pkg/kubelet/pod_workers.go completeWork

import type { Random } from "@kubonsai/clock";
import { StartError } from "./start/start-error.ts";
import { NetworkNotReadyError } from "./sync-pod.ts";

const RESYNC_MS = 60_000;
const RETRY_MS = 10_000;
const NETWORK_RETRY_MS = 1_000;
/** How long the real kubelet takes to notice an exit: then a failed restart shows in the status. */
const RELIST_MS = 1_000;
const JITTER = 0.5;

export interface RetryInput {
  errors: readonly Error[];
  /** The sync was caused by a container's end. */
  isAfterExit: boolean;
  now: number;
  random: Random;
}

/** Milliseconds. */
export function retryDelay({ errors, isAfterExit, now, random }: RetryInput): number {
  if (errors.length > 0 && isAfterExit) return RELIST_MS;
  return baseDelay(errors, now) * (1 + random.next() * JITTER);
}

function baseDelay(errors: readonly Error[], now: number): number {
  if (errors.length === 0) return RESYNC_MS;
  if (errors.some((error) => error instanceof NetworkNotReadyError)) return NETWORK_RETRY_MS;
  const expiries = errors.flatMap((error) =>
    error instanceof StartError && error.retryAt !== undefined ? [error.retryAt] : [],
  );
  const waitMs = expiries.length > 0 ? Math.min(...expiries) - now : RETRY_MS;
  return Math.min(Math.max(waitMs, 0), RESYNC_MS);
}
