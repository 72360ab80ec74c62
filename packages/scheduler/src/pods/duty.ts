// Which pods the scheduler has to do with.

import { isPodTerminal, type Pod } from "@kubonsai/api";

export const SCHEDULER_NAME = "default-scheduler";

/** It has a node, and uses what it asked for there. */
export const isAssigned = (pod: Pod): boolean => Boolean(pod.spec.nodeName) && !isPodTerminal(pod);

/** It waits for a node from this scheduler: not gated, not being deleted, not another's. */
export function isWaiting(pod: Pod): boolean {
  return (
    !pod.spec.nodeName &&
    !isPodTerminal(pod) &&
    !pod.metadata.deletionTimestamp &&
    !pod.spec.schedulingGates?.length &&
    (pod.spec.schedulerName || SCHEDULER_NAME) === SCHEDULER_NAME
  );
}
