// The pod's phase, counted from its containers' states.
// @see kubernetes pkg/kubelet/kubelet_pods.go getPhase

import { isSidecar, type Container, type ContainerStatus, type Pod } from "@kubonsai/api";
import { restartsAfterExit } from "../restart-policy.ts";

export type PodPhase = "Pending" | "Running" | "Succeeded" | "Failed";

export interface PhaseInput {
  /** Of regular and init containers together. */
  statuses: readonly ContainerStatus[];
  /** No container will be started any more (deleted, deadline, evicted). */
  isTerminating: boolean;
  /** A regular container of this sandbox was started. */
  hasStarted: boolean;
}

export const isTerminalPhase = (phase: string | undefined): phase is "Succeeded" | "Failed" =>
  phase === "Succeeded" || phase === "Failed";

export function podPhase(pod: Pod, input: PhaseInput): PodPhase {
  const init = countInit(pod, input.statuses);
  const all = countSidecars(pod, input.statuses);
  countRegular(pod, input.statuses, all);
  if (init.dead > 0) return "Failed";
  if (init.pending > 0 || (all.pendingSidecars > 0 && !input.hasStarted)) return "Pending";
  if (all.waiting > 0) return "Pending";
  if (all.running > 0 && all.unknown === 0) return "Running";
  if (all.running === 0 && all.stopped > 0 && all.unknown === 0) return endedPhase(all, input);
  return "Pending";
}

interface Counts {
  pendingSidecars: number;
  running: number;
  waiting: number;
  unknown: number;
  stopped: number;
  succeeded: number;
  /** Stopped ones that will not be restarted. */
  final: number;
}

function endedPhase(
  { stopped, succeeded, final }: Counts,
  { isTerminating }: PhaseInput,
): PodPhase {
  if (!isTerminating && stopped !== final) return "Running";
  return stopped === succeeded ? "Succeeded" : "Failed";
}

function countInit(pod: Pod, statuses: readonly ContainerStatus[]) {
  const counts = { pending: 0, dead: 0 };
  for (const container of pod.spec.initContainers ?? []) {
    if (isSidecar(container)) continue;
    const status = find(statuses, container);
    const ended = status && endedState(status);
    if (!ended) counts.pending++;
    else if (ended.exitCode !== 0 && !restartsAfterExit(container, pod.spec, ended.exitCode)) {
      counts.dead++;
    }
  }
  return counts;
}

function countSidecars(pod: Pod, statuses: readonly ContainerStatus[]): Counts {
  const counts: Counts = {
    pendingSidecars: 0,
    running: 0,
    waiting: 0,
    unknown: 0,
    stopped: 0,
    succeeded: 0,
    final: 0,
  };
  for (const container of pod.spec.initContainers ?? []) {
    if (isSidecar(container)) countSidecar(counts, find(statuses, container));
  }
  return counts;
}

function countSidecar(counts: Counts, status: ContainerStatus | undefined): void {
  if (!status) counts.unknown++;
  else if (status.state?.running) {
    if (!status.started) counts.pendingSidecars++;
    counts.running++;
  } else if (!endedState(status)) {
    counts.pendingSidecars++;
    if (status.state?.waiting) counts.waiting++;
    else counts.unknown++;
  }
}

function countRegular(pod: Pod, statuses: readonly ContainerStatus[], counts: Counts): void {
  for (const container of pod.spec.containers) {
    const status = find(statuses, container);
    const ended = status && endedState(status);
    if (status?.state?.running) counts.running++;
    else if (ended) {
      counts.stopped++;
      if (status?.state?.terminated && ended.exitCode === 0) counts.succeeded++;
      if (!restartsAfterExit(container, pod.spec, ended.exitCode)) counts.final++;
    } else if (status?.state?.waiting) counts.waiting++;
    else counts.unknown++;
  }
}

/** The exit that counts: the present one, or the last one of a container that waits to restart. */
const endedState = ({ state, lastState }: ContainerStatus) =>
  state?.terminated ?? (state?.waiting ? lastState?.terminated : undefined);

const find = (statuses: readonly ContainerStatus[], { name }: Container) =>
  statuses.find((status) => status.name === name);
