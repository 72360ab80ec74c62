// Init containers one after the other; sidecars let the next one begin as soon as they are started.
// @see kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions

import { isSidecar, type Container, type Pod } from "@kubonsai/api";
import { isDefinitionChanged, type PodActions, type ProbeResults } from "./pod-actions.ts";
import { restartsAfterExit } from "./restart-policy.ts";
import { latest, type ContainerState, type PodRuntimeStatus } from "./runtime-status.ts";

interface Planning {
  probes: ProbeResults;
  actions: PodActions;
}

/**
 * Adds to `actions` what init containers need.
 * @returns whether regular containers may run
 */
export function planInitContainers(
  pod: Pod,
  status: PodRuntimeStatus,
  planning: Planning,
): boolean {
  const containers = pod.spec.initContainers ?? [];
  if (containers.length === 0) return true;
  const plan = new InitPlan(pod, planning, wasInitialized(pod, status));
  // backwards: the last one that exists says how far the pod has come
  for (let i = containers.length - 1; i >= 0; i--) {
    plan.consider(i, latest(status, containers[i]!.name));
    if (planning.actions.killPod) return false;
  }
  return plan.finish();
}

/** A regular container exists: its init containers must have ended, whatever is left of them. */
function wasInitialized(pod: Pod, status: PodRuntimeStatus): boolean {
  return pod.spec.containers.some(({ name }) => {
    const state = latest(status, name)?.state;
    return state === "created" || state === "running";
  });
}

class InitPlan {
  readonly #pod: Pod;
  readonly #containers: Container[];
  readonly #planning: Planning;
  /** Indexes of containers to start, last first. */
  readonly #start: number[] = [];
  #isInitialized: boolean;
  /** A later container has a status, so those before it are done. */
  #isPast: boolean;

  constructor(pod: Pod, planning: Planning, wasInitialized: boolean) {
    this.#pod = pod;
    this.#containers = pod.spec.initContainers ?? [];
    this.#planning = planning;
    this.#isInitialized = wasInitialized;
    this.#isPast = wasInitialized;
  }

  consider(index: number, current: ContainerState | undefined): void {
    const container = this.#containers[index]!;
    if (!current) {
      if (this.#isPast && isSidecar(container)) this.#start.push(index);
      return;
    }
    if (this.#isPast && !isSidecar(container)) return;
    if (current.state === "created") this.#start.push(index);
    else if (current.state === "exited") this.#considerExited(index, current);
    else if (isSidecar(container)) this.#considerSidecar(index, current);
    this.#isPast = true;
  }

  finish(): boolean {
    if (!this.#isPast) this.#start.push(0);
    this.#planning.actions.startInit = this.#start.reverse().map((i) => this.#containers[i]!);
    return this.#isInitialized;
  }

  #considerExited(index: number, current: ContainerState): void {
    const container = this.#containers[index]!;
    if (isSidecar(container)) this.#start.push(index);
    else if (current.exitCode === 0) this.#done(index);
    else if (restartsAfterExit(container, this.#pod.spec, current.exitCode)) {
      this.#start.push(index);
    } else {
      this.#planning.actions.killPod = true;
      this.#planning.actions.startInit = [];
    }
  }

  #considerSidecar(index: number, current: ContainerState): void {
    const container = this.#containers[index]!;
    const { probes } = this.#planning;
    if (container.startupProbe) {
      const startup = probes.startup(current.id);
      if (startup === "failure") this.#restart(index, current, "startup");
      if (startup !== "success") return;
    }
    this.#done(index);
    if (isDefinitionChanged(container, current)) this.#restart(index, current, "definition");
    else if (container.livenessProbe && probes.liveness(current.id) === "failure") {
      this.#restart(index, current, "liveness");
    }
  }

  /** The next one's turn; after the last one the pod is initialized. */
  #done(index: number): void {
    if (index === this.#containers.length - 1) this.#isInitialized = true;
    else if (!this.#isPast) this.#start.push(index + 1);
  }

  #restart(
    index: number,
    { id }: ContainerState,
    why: "startup" | "liveness" | "definition",
  ): void {
    const container = this.#containers[index]!;
    const what = why === "definition" ? "definition changed" : `failed ${why} probe`;
    const message = `Init container ${container.name} ${what}`;
    const reason = why === "definition" ? ("pod" as const) : (`${why}Probe` as const);
    this.#planning.actions.kill.push({ container, id, message, reason });
    this.#start.push(index);
  }
}
