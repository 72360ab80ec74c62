// What `kubectl get pods` says in READY, STATUS and RESTARTS.
// @see kubernetes pkg/printers/internalversion/printers.go printPod

import type { ContainerStatus } from "../messages/core/v1/container-status.ts";
import type { Pod } from "../messages/core/v1/pod.ts";
import { isSidecar } from "../pod/containers.ts";
import { hasTrueCondition } from "../pod/conditions.ts";

export interface PodSummary {
  /** `Running`, `CrashLoopBackOff`, `Init:0/2`, `Terminating` … */
  readonly status: string;
  readonly readyContainers: number;
  readonly totalContainers: number;
  readonly restarts: number;
  /** RFC 3339; undefined when no container ended before. */
  readonly lastRestart: string | undefined;
}

/** Restarts and the newest end of an earlier run, counted over some containers. */
interface Restarts {
  count: number;
  last: string | undefined;
}

interface Progress {
  status: string;
  ready: number;
  restarts: Restarts;
}

export function summarisePod(pod: Pod): PodSummary {
  const sidecars = new Set((pod.spec.initContainers ?? []).filter(isSidecar).map((c) => c.name));
  const init = initProgress(pod, sidecars);
  const isInitialized = hasTrueCondition(pod, "Initialized");
  const { ready, restarts, status } =
    !init.isInitializing || isInitialized ? mainProgress(pod, init) : init;
  return {
    status: deletionStatus(pod) ?? status,
    readyContainers: ready,
    totalContainers: (pod.spec.containers ?? []).length + sidecars.size,
    restarts: restarts.count,
    lastRestart: restarts.last,
  };
}

function phaseStatus({ status = {} }: Pod): string {
  const isGated = (status.conditions ?? []).some(
    ({ type, reason }) => type === "PodScheduled" && reason === "SchedulingGated",
  );
  return isGated ? "SchedulingGated" : status.reason || status.phase || "";
}

interface InitProgress extends Progress {
  isInitializing: boolean;
  sidecarRestarts: Restarts;
}

/** Init containers in order, up to the first that still holds the pod up. */
function initProgress(pod: Pod, sidecars: ReadonlySet<string>): InitProgress {
  const progress: InitProgress = {
    status: phaseStatus(pod),
    ready: 0,
    restarts: { count: 0, last: undefined },
    isInitializing: false,
    sidecarRestarts: { count: 0, last: undefined },
  };
  const total = (pod.spec.initContainers ?? []).length;
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const sidecar = sidecars.has(container.name);
    countRestarts(progress.restarts, container);
    if (sidecar) countRestarts(progress.sidecarRestarts, container);
    if (container.state?.terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready) progress.ready += 1;
      continue;
    }
    progress.status = `Init:${initReason(container) ?? `${index}/${total}`}`;
    progress.isInitializing = true;
    break;
  }
  return progress;
}

function initReason({ state = {} }: ContainerStatus): string | undefined {
  if (state.terminated) return endReason(state.terminated);
  const reason = state.waiting?.reason;
  return reason && reason !== "PodInitializing" ? reason : undefined;
}

/** Main containers from last to first, so that the first one's trouble is shown. */
function mainProgress(pod: Pod, init: InitProgress): Progress {
  const restarts = { ...init.sidecarRestarts };
  let { status, ready } = init;
  let isRunning = false;
  let failure = "";
  for (const container of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    countRestarts(restarts, container);
    const { waiting, terminated, running } = container.state ?? {};
    if (waiting?.reason) status = waiting.reason;
    else if (terminated) {
      status = endReason(terminated);
      if (terminated.exitCode !== 0) failure = status;
    } else if (container.ready && running) {
      isRunning = true;
      ready += 1;
    }
  }
  if (status === "Completed") {
    if (isRunning && hasTrueCondition(pod, "Ready")) status = "Running";
    else if (failure !== "") status = failure;
    else if (isRunning) status = "NotReady";
  }
  return { status, ready, restarts };
}

function deletionStatus({ metadata, status = {} }: Pod): string | undefined {
  if (!metadata.deletionTimestamp) return undefined;
  if (status.reason === "NodeLost") return "Unknown";
  const isTerminal = status.phase === "Succeeded" || status.phase === "Failed";
  return isTerminal ? undefined : "Terminating";
}

type Terminated = NonNullable<NonNullable<ContainerStatus["state"]>["terminated"]>;

function endReason({ reason, signal, exitCode }: Terminated): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

function countRestarts(restarts: Restarts, { restartCount, lastState }: ContainerStatus): void {
  restarts.count += restartCount;
  const finishedAt = lastState?.terminated?.finishedAt;
  if (!finishedAt) return;
  if (restarts.last === undefined || Date.parse(finishedAt) > Date.parse(restarts.last)) {
    restarts.last = finishedAt;
  }
}
