// A pod in the queue, with its past.

import type { PodDemand } from "../pods/pod-demand.ts";

export interface WaitingPod {
  demand: PodDemand;
  /** How often it was tried in vain since it came. */
  attempts: number;
  /** When it came into the queue, or back into it. */
  queuedMs: number;
  /** Breaks ties of time. */
  order: number;
  /** The last try met no node at all. */
  sawNoNodes: boolean;
  /** Until when it is not tried again. */
  backOffEndMs: number;
  /** The last try failed for a reason that waiting may cure, not for want of a node. */
  hasError: boolean;
}

const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 10_000;

/** 1, 2, 4, 8, 10 s. */
export const backOffMs = (attempts: number): number =>
  Math.min(FIRST_BACK_OFF_MS * 2 ** Math.max(0, attempts - 1), LONGEST_BACK_OFF_MS);

/** Higher priority first, then who came first. */
export function isMoreUrgent(a: WaitingPod, b: WaitingPod): boolean {
  const [first, second] = [priorityOf(a), priorityOf(b)];
  if (first !== second) return first > second;
  return a.queuedMs === b.queuedMs ? a.order < b.order : a.queuedMs < b.queuedMs;
}

export const backsOffShorter = (a: WaitingPod, b: WaitingPod): boolean =>
  a.backOffEndMs === b.backOffEndMs ? a.order < b.order : a.backOffEndMs < b.backOffEndMs;

const priorityOf = ({ demand }: WaitingPod): number => demand.pod.spec.priority ?? 0;
