// activeDeadlineSeconds: how long a pod may be active on its node.
// @see kubernetes pkg/kubelet/active_deadline.go

import type { Pod, PodStatus } from "@kubonsai/api";

export const DEADLINE_EXCEEDED = {
  reason: "DeadlineExceeded",
  message: "Pod was active on the node longer than the specified deadline",
};

/** Epoch milliseconds; undefined when there is no deadline or the pod has not begun. */
export function deadlineOf({ spec }: Pod, status: PodStatus | undefined): number | undefined {
  if (spec.activeDeadlineSeconds === undefined || !status?.startTime) return undefined;
  return Date.parse(status.startTime) + spec.activeDeadlineSeconds * 1000;
}
