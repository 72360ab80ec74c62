// One container's status, from its instances in the runtime and what was said of it before.
// @see kubernetes pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses

import type { Container, ContainerState as ApiState, ContainerStatus, Pod } from "@kubonsai/api";
import { timestamp } from "../../text/timestamp.ts";
import { shouldBeRestarted } from "../restart-policy.ts";
import type { ContainerState, PodRuntimeStatus } from "../runtime-status.ts";

/** Why the last start of a container failed: becomes `state.waiting`. */
export interface StartFailure {
  reason: string;
  message: string;
}

export interface ContainerStatusInput {
  pod: Pod;
  runtime: PodRuntimeStatus;
  /** The status last stored, if any. */
  previous: ContainerStatus | undefined;
  failure: StartFailure | undefined;
  role: "init" | "regular" | "ephemeral";
  /** `containerd` */
  runtimeName: string;
}

/** `ready` and `started` are false here: probes decide them afterwards. */
export function containerStatus(
  container: Container,
  input: ContainerStatusInput,
): ContainerStatus {
  const instances = input.runtime.containers.filter(({ name }) => name === container.name);
  const [current, before] = instances;
  const status = current
    ? fromInstance(container, current, input)
    : withoutInstance(container, input);
  if (current && before) status.lastState = stateOf(before, input.runtimeName);
  return asWaiting(container, { status, current, input });
}

/** Init containers in the pod's order, regular ones by name, as clients expect them. */
export function ordered(statuses: ContainerStatus[]): ContainerStatus[] {
  return statuses.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function fromInstance(
  container: Container,
  current: ContainerState,
  { previous, runtimeName }: ContainerStatusInput,
): ContainerStatus {
  const containerID = `${runtimeName}://${current.id}`;
  return {
    ...traits(container),
    state: stateOf(current, runtimeName),
    lastState: lastStateOf(previous, containerID),
    restartCount: Math.max(current.attempt, previous?.restartCount ?? 0),
    image: current.image,
    imageID: current.imageId,
    containerID,
    ...resourcesOf(container),
  };
}

/** Runtime garbage was collected, or a new container ID appeared: the exit is carried on. */
function lastStateOf(previous: ContainerStatus | undefined, containerID: string): ApiState {
  const ended = previous?.state?.terminated;
  if (ended && previous.containerID !== containerID) return { terminated: ended };
  const last = previous?.lastState?.terminated;
  return last ? { terminated: last } : {};
}

/** Not created yet, or gone from the runtime. */
function withoutInstance(container: Container, input: ContainerStatusInput): ContainerStatus {
  const { previous, pod } = input;
  if (previous?.state?.terminated) return { ...previous, ready: false, started: false };
  const status: ContainerStatus = {
    ...traits(container),
    state: { waiting: { reason: defaultWaitingReason(pod) } },
    lastState: previous?.lastState ?? {},
    restartCount: previous?.restartCount ?? 0,
    image: container.image ?? "",
    imageID: "",
  };
  if (previous?.state?.running && !status.lastState?.terminated) markLost(status, pod);
  return status;
}

/** It ran when last seen and the runtime does not know it: nobody can tell how it ended. */
function markLost(status: ContainerStatus, pod: Pod): void {
  status.lastState = {
    terminated: {
      exitCode: 137,
      reason: "ContainerStatusUnknown",
      message:
        "The container could not be located when the pod was deleted.  " +
        "The container used to be Running",
    },
  };
  if (pod.metadata.deletionTimestamp === undefined) status.restartCount++;
}

/** A container that will be started again but could not be is waiting, and says why. */
function asWaiting(
  container: Container,
  at: { status: ContainerStatus; current: ContainerState | undefined; input: ContainerStatusInput },
): ContainerStatus {
  const { status, current, input } = at;
  const isDoneInit = input.role === "init" && current?.state === "exited" && current.exitCode === 0;
  if (isDoneInit && container.restartPolicy !== "Always") return status;
  if (!input.failure || !shouldBeRestarted(container, input.pod, input.runtime)) return status;
  const lastState = status.state?.terminated ? status.state : status.lastState;
  const { reason, message } = input.failure;
  const waiting = message === "" ? { reason } : { reason, message };
  return { ...status, lastState, state: { waiting } };
}

function stateOf(instance: ContainerState, runtimeName: string): ApiState {
  if (instance.state === "created") return { waiting: {} };
  if (instance.state === "running")
    return { running: { startedAt: timestamp(instance.startedAt) } };
  return {
    terminated: {
      exitCode: instance.exitCode,
      reason: instance.reason,
      ...(instance.message === "" ? {} : { message: instance.message }),
      startedAt: timestamp(instance.startedAt),
      finishedAt: timestamp(instance.finishedAt),
      containerID: `${runtimeName}://${instance.id}`,
    },
  };
}

export const defaultWaitingReason = (pod: Pod) =>
  (pod.spec.initContainers?.length ?? 0) > 0 ? "PodInitializing" : "ContainerCreating";

function traits(container: Container) {
  const volumeMounts = (container.volumeMounts ?? []).map(({ name, mountPath, readOnly }) => ({
    name,
    mountPath,
    ...(readOnly ? { readOnly, recursiveReadOnly: "Disabled" as const } : {}),
  }));
  return {
    name: container.name,
    ready: false,
    started: false,
    ...(volumeMounts.length === 0 ? {} : { volumeMounts }),
  };
}

function resourcesOf({ resources = {} }: Container) {
  const { requests, limits } = resources;
  if (!requests && !limits) return { resources: {} };
  return {
    ...(requests ? { allocatedResources: requests } : {}),
    resources: { ...(limits ? { limits } : {}), ...(requests ? { requests } : {}) },
  };
}
