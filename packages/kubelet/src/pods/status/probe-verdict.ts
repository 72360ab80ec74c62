// A probe's verdict in the status, at once and without waiting for the pod's next sync.
// @see kubernetes pkg/kubelet/status/status_manager.go SetContainerReadiness

import type { ContainerStatus, Pod, PodStatus } from "@kubonsai/api";
import { containersReady, KUBELET_CONDITIONS, readyCondition } from "./conditions.ts";
import type { PodPhase } from "./phase.ts";
import { observed } from "./pod-status.ts";

type Flag = Partial<Pick<ContainerStatus, "ready" | "started">>;

/** @returns undefined when no container has this ID or nothing changes */
export function withVerdict(
  pod: Pod,
  status: PodStatus,
  { containerId, flag }: { containerId: string; flag: Flag },
): PodStatus | undefined {
  let isChanged = false;
  const apply = (one: ContainerStatus): ContainerStatus => {
    if (!one.containerID?.endsWith(`//${containerId}`)) return one;
    const next = { ...one, ...flag };
    isChanged ||= next.ready !== one.ready || next.started !== one.started;
    return next;
  };
  const init = status.initContainerStatuses?.map(apply);
  const containers = status.containerStatuses?.map(apply);
  if (!isChanged) return undefined;
  const next: PodStatus = {
    ...status,
    ...(init ? { initContainerStatuses: init } : {}),
    ...(containers ? { containerStatuses: containers } : {}),
  };
  return flag.ready === undefined ? next : withReadyConditions(pod, next);
}

function withReadyConditions(pod: Pod, status: PodStatus): PodStatus {
  const { conditions = [], initContainerStatuses = [], containerStatuses = [] } = status;
  const input = {
    statuses: [...initContainerStatuses, ...containerStatuses],
    phase: (status.phase ?? "Pending") as PodPhase,
    hasReadySandbox: true,
    foreign: conditions.filter(({ type }) => !KUBELET_CONDITIONS.has(type)),
    wasInitialized: true,
  };
  const ready = observed(pod, readyCondition(pod, input));
  const containers = observed(pod, containersReady(pod, input));
  return {
    ...status,
    conditions: conditions.map((one) => {
      if (one.type === "Ready") return ready;
      return one.type === "ContainersReady" ? containers : one;
    }),
  };
}
