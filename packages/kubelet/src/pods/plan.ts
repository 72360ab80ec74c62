// What to do for a pod now: its spec and what runs of it → actions. Pure.
// @see kubernetes pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions

import type { Container, Pod } from "@kubonsai/api";
import { planInitContainers } from "./plan-init-containers.ts";
import {
  isDefinitionChanged,
  type KillReason,
  type PodActions,
  type ProbeResults,
} from "./pod-actions.ts";
import { restartsAfterKill, shouldBeRestarted } from "./restart-policy.ts";
import { latest, type ContainerState, type PodRuntimeStatus } from "./runtime-status.ts";

export function planPod(pod: Pod, status: PodRuntimeStatus, probes: ProbeResults): PodActions {
  const { sandbox } = status;
  const actions: PodActions = {
    killPod: false,
    createSandbox: false,
    sandboxAttempt: sandbox?.attempt ?? 0,
    kill: [],
    startInit: [],
    start: [],
    startEphemeral: [],
  };
  if (!sandbox?.isReady) return planNewSandbox(pod, status, actions);
  actions.startEphemeral = ((pod.spec.ephemeralContainers ?? []) as Container[]).filter(
    ({ name }) => !latest(status, name),
  );
  const isInitialized = planInitContainers(pod, status, { probes, actions });
  if (actions.killPod || !isInitialized) return actions;
  planRegularContainers(pod, status, { probes, actions });
  return actions;
}

/** The first sandbox, or another after the last one went down: the pod begins anew. */
function planNewSandbox(pod: Pod, status: PodRuntimeStatus, actions: PodActions): PodActions {
  const attempt = status.sandbox ? status.sandbox.attempt + 1 : 0;
  actions.killPod = true;
  actions.sandboxAttempt = attempt;
  const isOver =
    pod.spec.restartPolicy === "Never" && attempt !== 0 && status.containers.length > 0;
  if (isOver) return actions;
  const start = pod.spec.containers.filter(
    (container) => !succeededForGood(pod, container, status),
  );
  const hasRun = pod.spec.containers.some(({ name }) => latest(status, name));
  if (start.length === 0 && hasRun) return actions;
  actions.createSandbox = true;
  const [firstInit] = pod.spec.initContainers ?? [];
  if (firstInit) actions.startInit = [firstInit];
  else actions.start = start;
  return actions;
}

function succeededForGood(pod: Pod, container: Container, status: PodRuntimeStatus): boolean {
  const policy = container.restartPolicy ?? pod.spec.restartPolicy;
  const last = latest(status, container.name);
  return policy === "OnFailure" && last?.state === "exited" && last.exitCode === 0;
}

interface Planning {
  probes: ProbeResults;
  actions: PodActions;
}

function planRegularContainers(
  pod: Pod,
  status: PodRuntimeStatus,
  { probes, actions }: Planning,
): void {
  let kept = 0;
  for (const container of pod.spec.containers) {
    const current = latest(status, container.name);
    if (current?.state !== "running") {
      if (shouldBeRestarted(container, pod, status)) actions.start.push(container);
      continue;
    }
    const verdict = verdictOn(container, current, probes);
    if (!verdict) {
      kept++;
      continue;
    }
    const restarts = verdict.reason === "pod" || restartsAfterKill(container, pod.spec);
    if (restarts) actions.start.push(container);
    actions.kill.push({
      container,
      id: current.id,
      message: restarts ? `${verdict.message}, will be restarted` : verdict.message,
      reason: verdict.reason,
    });
  }
  if (kept === 0 && actions.start.length === 0) {
    actions.killPod = true;
    // sidecars must not keep a finished pod alive
    actions.startInit = [];
  }
}

/** Why a running container must go; undefined when it may stay. */
function verdictOn(
  container: Container,
  current: ContainerState,
  probes: ProbeResults,
): { message: string; reason: KillReason } | undefined {
  const subject = `Container ${container.name}`;
  if (isDefinitionChanged(container, current)) {
    return { message: `${subject} definition changed`, reason: "pod" };
  }
  if (probes.liveness(current.id) === "failure") {
    return { message: `${subject} failed liveness probe`, reason: "livenessProbe" };
  }
  if (probes.startup(current.id) === "failure") {
    return { message: `${subject} failed startup probe`, reason: "startupProbe" };
  }
  return undefined;
}
