// The whole status of a pod as this node sees it now.
// @see kubernetes pkg/kubelet/kubelet_pods.go generateAPIPodStatus

import type { Container, ContainerStatus, Pod, PodCondition, PodStatus } from "@kubonsai/api";
import type { PodRuntimeStatus } from "../runtime-status.ts";
import { KUBELET_CONDITIONS, podConditions, type BareCondition } from "./conditions.ts";
import { containerStatus, ordered, type StartFailure } from "./container-status.ts";
import { isTerminalPhase, podPhase, type PodPhase } from "./phase.ts";

export interface PodStatusInput {
  runtime: PodRuntimeStatus;
  /** What was last said of the pod: by this kubelet, else by the API. */
  previous: PodStatus;
  isTerminating: boolean;
  /** The kubelet itself ends the pod (deadline, eviction). */
  verdict?: { reason: string; message: string };
  failures: (container: string) => StartFailure | undefined;
  /** Sets `started` and `ready` of the statuses. */
  applyProbes: (pod: Pod, statuses: ContainerStatus[]) => void;
  hostIP: string;
  runtimeName: string;
}

export function podStatus(pod: Pod, input: PodStatusInput): PodStatus {
  const { spec } = pod;
  const containers = ordered(statusesOf(pod, { input, role: "regular", list: spec.containers }));
  const init = statusesOf(pod, { input, role: "init", list: spec.initContainers ?? [] });
  const ephemeral = ordered(
    statusesOf(pod, {
      input,
      role: "ephemeral",
      list: (spec.ephemeralContainers ?? []) as Container[],
    }),
  );
  const statuses = [...init, ...containers];
  // started decides the phase of sidecars, so the probes speak first
  input.applyProbes(pod, statuses);
  const phase = nextPhase(pod, statuses, input);
  return {
    ...ending(pod, phase, input),
    observedGeneration: pod.metadata.generation,
    conditions: conditionsOf(pod, { input, phase, statuses }),
    ...addresses(pod, input),
    ...(input.previous.startTime ? { startTime: input.previous.startTime } : {}),
    ...(init.length > 0 ? { initContainerStatuses: init } : {}),
    containerStatuses: containers,
    ...(ephemeral.length > 0 ? { ephemeralContainerStatuses: ephemeral } : {}),
    qosClass: pod.status?.qosClass,
  };
}

type Role = "init" | "regular" | "ephemeral";

function statusesOf(
  pod: Pod,
  { input, role, list }: { input: PodStatusInput; role: Role; list: Container[] },
): ContainerStatus[] {
  const previous = previousOf(input.previous, role);
  return list.map((container) =>
    containerStatus(container, {
      pod,
      runtime: input.runtime,
      previous: previous?.find(({ name }) => name === container.name),
      failure: input.failures(container.name),
      role,
      runtimeName: input.runtimeName,
    }),
  );
}

function previousOf(status: PodStatus, role: Role): ContainerStatus[] | undefined {
  if (role === "init") return status.initContainerStatuses;
  return role === "regular" ? status.containerStatuses : status.ephemeralContainerStatuses;
}

/** A terminal phase is never left, whoever set it. */
function nextPhase(pod: Pod, statuses: ContainerStatus[], input: PodStatusInput): PodPhase {
  if (isTerminalPhase(pod.status?.phase)) return pod.status.phase;
  if (isTerminalPhase(input.previous.phase)) return input.previous.phase;
  if (input.verdict) return "Failed";
  const { isTerminating } = input;
  const names = new Set(pod.spec.containers.map(({ name }) => name));
  const hasStarted = input.runtime.containers.some((one) => names.has(one.name));
  return podPhase(pod, { statuses, isTerminating, hasStarted });
}

/** Reason and message belong to a phase: they last as long as it does. */
function ending(pod: Pod, phase: PodPhase, { previous, verdict }: PodStatusInput) {
  if (verdict) return { phase, ...verdict };
  if (phase !== previous.phase) return { phase };
  const reason = previous.reason || pod.status?.reason;
  const message = previous.message || pod.status?.message;
  return { phase, ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
}

function conditionsOf(
  pod: Pod,
  at: { input: PodStatusInput; phase: PodPhase; statuses: ContainerStatus[] },
): PodCondition[] {
  const { runtime, previous } = at.input;
  const foreign = (pod.status?.conditions ?? []).filter(
    ({ type }) => !KUBELET_CONDITIONS.has(type),
  );
  const own = podConditions(pod, {
    statuses: at.statuses,
    phase: at.phase,
    hasReadySandbox: runtime.sandbox?.isReady === true && runtime.sandbox.ip !== "",
    foreign,
    wasInitialized: (previous.conditions ?? []).some(
      ({ type, status }) => type === "Initialized" && status === "True",
    ),
  });
  return [...foreign, ...own.map((condition) => observed(pod, condition))];
}

/** A condition as the API stores it; its transition time is set when the status is. */
export function observed(pod: Pod, condition: BareCondition): PodCondition {
  return { ...condition, observedGeneration: pod.metadata.generation };
}

/** An IP once known stays in the status, also after the sandbox is gone. */
function addresses(pod: Pod, { runtime, hostIP, previous }: PodStatusInput) {
  const runs = runtime.containers.length > 0;
  const podIP = pod.spec.hostNetwork
    ? hostIP
    : ((runs ? runtime.sandbox?.ip : undefined) ?? previous.podIP ?? "");
  return {
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP === "" ? {} : { podIP, podIPs: [{ ip: podIP }] }),
  };
}
