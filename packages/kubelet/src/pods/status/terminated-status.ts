// The last status of a pod: nothing of it is left undecided.
// @see kubernetes pkg/kubelet/status/status_manager.go TerminatePod

import { isSidecar, type ContainerStatus, type Pod, type PodStatus } from "@kubonsai/api";
import { isTerminalPhase } from "./phase.ts";

export function terminatedStatus(pod: Pod, status: PodStatus): PodStatus {
  const init = status.initContainerStatuses;
  const begun = lastBegun(init ?? []);
  return {
    ...status,
    phase: isTerminalPhase(status.phase) ? status.phase : "Failed",
    ...(init
      ? { initContainerStatuses: init.map((one, i) => (i <= begun ? ended(one) : one)) }
      : {}),
    ...(wasInitialized(pod) && status.containerStatuses
      ? { containerStatuses: status.containerStatuses.map(ended) }
      : {}),
  };
}

/** Whether it succeeded cannot be told, so it failed. */
function ended(status: ContainerStatus): ContainerStatus {
  if (status.state?.terminated) return status;
  const terminated = {
    exitCode: 137,
    reason: "ContainerStatusUnknown",
    message: "The container could not be located when the pod was terminated",
  };
  return { ...status, state: { terminated } };
}

function wasInitialized({ spec, status }: Pod): boolean {
  if (!spec.initContainers?.length) return true;
  const hasRun = (one: ContainerStatus) => !!one.lastState?.terminated || !one.state?.waiting;
  if (status?.containerStatuses?.some(hasRun)) return true;
  const last = status?.initContainerStatuses?.at(-1);
  const container = spec.initContainers.at(-1)!;
  if (!last) return false;
  if (isSidecar(container)) return !!last.state?.running && last.started === true;
  return last.lastState?.terminated?.exitCode === 0 || last.state?.terminated?.exitCode === 0;
}

/** The index of the last init container that shows any sign of a start; at least the first. */
function lastBegun(statuses: ContainerStatus[]): number {
  for (let i = statuses.length - 1; i >= 0; i--) {
    if (!statuses[i]!.state?.waiting || statuses[i]!.lastState?.terminated) return i;
  }
  return 0;
}
