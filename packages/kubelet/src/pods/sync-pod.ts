// One round for a living pod: say how it is, see what is to be done, do it.
// @see kubernetes pkg/kubelet/kubelet.go SyncPod, kuberuntime_manager.go SyncPod

import { isSidecar, type Container, type PodStatus } from "@kubonsai/api";
import { errorText } from "../text/describe.ts";
import { awaitCrashBackOff } from "./crash-back-off.ts";
import { planPod } from "./plan.ts";
import { type PodActions } from "./pod-actions.ts";
import type { PodOnNode } from "./pod-on-node.ts";
import { isPlainInit } from "./restart-policy.ts";
import type { PodRuntimeStatus } from "./runtime-status.ts";
import { sandboxConfig } from "./start/sandbox-config.ts";
import { startContainer } from "./start/start-container.ts";
import { StartError } from "./start/start-error.ts";
import { isTerminalPhase } from "./status/phase.ts";
import { observed } from "./status/pod-status.ts";
import { killContainer } from "./stop/kill-container.ts";
import { killPod } from "./stop/kill-pod.ts";
import { waitForVolumes } from "../volumes/wait-for-volumes.ts";

export interface SyncResult {
  /** The pod has ended by itself: nothing of it will be started any more. */
  hasEnded: boolean;
  /** What failed; the pod is tried again later. */
  errors: Error[];
}

const ENDED: SyncResult = { hasEnded: true, errors: [] };
const failed = (error: Error): SyncResult => ({ hasEnded: false, errors: [error] });

/** The network of the node is not there yet: tried again soon. */
export class NetworkNotReadyError extends Error {}

/** @param interrupt aborts waiting for volumes when the pod is to end */
export async function syncPod(self: PodOnNode, interrupt: AbortSignal): Promise<SyncResult> {
  const { node, pod } = self;
  const runtime = await self.record.status(pod);
  const status = self.publish(runtime);
  if (isTerminalPhase(status.phase)) return ENDED;
  const problem = pod.spec.hostNetwork ? "" : node.networkProblem();
  if (problem !== "") return failed(networkNotReady(self, problem));
  try {
    await waitForVolumes(self, interrupt);
  } catch (error) {
    return failed(error as Error);
  }
  if (interrupt.aborted) return { hasEnded: false, errors: [] };
  node.prober.add(self);
  return new Round(self, runtime).run(planPod(pod, runtime, node.prober));
}

function networkNotReady({ node, pod }: PodOnNode, problem: string): NetworkNotReadyError {
  const message = `network is not ready: ${problem}`;
  node.events.record(pod, { type: "Warning", reason: "NetworkNotReady", message });
  return new NetworkNotReadyError(message);
}

class Round {
  readonly #self: PodOnNode;
  readonly #runtime: PodRuntimeStatus;
  readonly #errors: Error[] = [];

  constructor(self: PodOnNode, runtime: PodRuntimeStatus) {
    this.#self = self;
    this.#runtime = runtime;
  }

  async run(actions: PodActions): Promise<SyncResult> {
    await this.#stop(actions);
    if (actions.createSandbox && !(await this.#createSandbox(actions))) return this.#result();
    if (actions.killPod && !actions.createSandbox) return this.#result();
    for (const container of actions.startEphemeral) await this.#start(container);
    for (const container of actions.startInit) {
      const isStarted = await this.#start(container);
      if (!isStarted && isPlainInit(container)) return this.#result();
    }
    for (const container of actions.start) await this.#start(container);
    return this.#result();
  }

  #result(): SyncResult {
    return { hasEnded: false, errors: this.#errors };
  }

  async #stop(actions: PodActions): Promise<void> {
    const { node, pod, record } = this.#self;
    if (actions.createSandbox && this.#runtime.sandbox) {
      const message = "Pod sandbox changed, it will be killed and re-created.";
      node.events.record(pod, { type: "Normal", reason: "SandboxChanged", message });
    }
    if (actions.killPod) {
      await killPod(node, pod, { record });
      // they run again in the new sandbox; their exits stay in the status
      if (actions.createSandbox) record.forgetContainers(pod.spec.initContainers ?? []);
      return;
    }
    const podIP = record.sandbox?.ip ?? "";
    for (const { container, id, message, reason } of actions.kill) {
      await killContainer(node, { pod, container, id }, { message, reason, podIP });
    }
  }

  async #createSandbox({ sandboxAttempt }: PodActions): Promise<boolean> {
    const { node, pod, record } = this.#self;
    try {
      record.takeSandbox(await node.runtime.runSandbox(sandboxConfig(pod)), sandboxAttempt);
    } catch (error) {
      const message = `Failed to create pod sandbox: ${errorText(error)}`;
      node.events.record(pod, { type: "Warning", reason: "FailedCreatePodSandBox", message });
      this.#errors.push(new Error(message));
      return false;
    }
    this.#self.again();
    this.#publishSandboxReady();
    return true;
  }

  /** Said before images are pulled: from here on only the containers themselves are waited for. */
  #publishSandboxReady(): void {
    const { node, pod } = this.#self;
    const status: PodStatus = node.statuses.get(pod.metadata.uid ?? "") ?? pod.status ?? {};
    const ready = observed(pod, { type: "PodReadyToStartContainers", status: "True" });
    const others = (status.conditions ?? []).map((one) => (one.type === ready.type ? ready : one));
    node.statuses.set(pod, { ...status, conditions: others });
  }

  async #start(container: Container): Promise<boolean> {
    const { node, pod, record, volumes } = this.#self;
    const { crashes: backOff, events, clock } = node;
    const status = this.#runtime;
    try {
      awaitCrashBackOff(pod, container, { status, backOff, events, now: clock.now() });
      await startContainer(node, { pod, container }, { record, status, volumes });
      this.#self.noteStart(container.name);
      return true;
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      const { reason, message } = error;
      this.#self.noteStart(container.name, { reason, message });
      this.#errors.push(error);
      return isSidecar(container);
    }
  }
}
