// When a condition last changed its status; a new reason or message is no change.

import type { PodCondition } from "@kubonsai/api";

export function withTransitionTimes(
  next: readonly PodCondition[],
  old: readonly PodCondition[],
  now: string,
): PodCondition[] {
  return next.map((condition) => {
    const before = old.find(({ type }) => type === condition.type);
    const keeps = before?.status === condition.status && before.lastTransitionTime;
    return { ...condition, lastTransitionTime: keeps ? before.lastTransitionTime : now };
  });
}
