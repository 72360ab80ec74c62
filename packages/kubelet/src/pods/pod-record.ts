// What this node holds of one pod: its sandbox, and the current and the previous instance of each
// container. The runtime knows their state; the record knows which are the pod's.

import type { Container, ContainerStatus as ApiStatus, Pod } from "@kubonsai/api";
import type { ContainerRuntime, Sandbox } from "../runtime/runtime.ts";
import type { ContainerState, PodRuntimeStatus, SandboxStatus } from "./runtime-status.ts";
import { terminationMessage } from "./termination-message.ts";

/** The exit code of containers that a reboot swept away, as containerd reports it. */
const LOST_EXIT_CODE = 255;

export class PodRecord {
  readonly #runtime: ContainerRuntime;
  #sandbox: SandboxStatus | undefined;
  /** Newest first. */
  #instances: Instance[] = [];

  constructor(runtime: ContainerRuntime) {
    this.#runtime = runtime;
  }

  get sandbox(): SandboxStatus | undefined {
    return this.#sandbox;
  }

  /**
   * Takes over what an earlier kubelet reported: its containers died with it, as in a reboot.
   * @param now when the loss is noticed: their finishedAt
   */
  adopt(pod: Pod, now: number): void {
    const { initContainerStatuses = [], containerStatuses = [], podIP } = pod.status ?? {};
    const statuses = [...initContainerStatuses, ...containerStatuses];
    this.#instances = statuses.flatMap((status) => lostInstance(pod, { status, now }) ?? []);
    if (this.#instances.length === 0) return;
    this.#sandbox = { id: "", ip: podIP ?? "", attempt: 0, isReady: false };
  }

  /** What the runtime says of the pod now. */
  async status(pod: Pod): Promise<PodRuntimeStatus> {
    const containers: ContainerState[] = [];
    for (const instance of this.#instances) containers.push(await this.#stateOf(pod, instance));
    return { sandbox: this.#sandbox, containers };
  }

  /** The newest instance's ID; undefined before the first. */
  containerId(name: string): string | undefined {
    return this.#instances.find((instance) => instance.name === name)?.id;
  }

  previousContainerId(name: string): string | undefined {
    return this.#instances.filter((instance) => instance.name === name)[1]?.id;
  }

  running(): { id: string; name: string }[] {
    return this.#instances.filter(
      ({ id, lost }) => !lost && this.#runtime.containerStatus(id)?.state === "running",
    );
  }

  takeSandbox(sandbox: Sandbox, attempt: number): void {
    this.#sandbox = { id: sandbox.id, ip: sandbox.ip, attempt, isReady: true };
  }

  /** Its address stays known until another sandbox replaces it. */
  async stopSandbox(): Promise<void> {
    const sandbox = this.#sandbox;
    if (!sandbox?.isReady) return;
    this.#sandbox = { ...sandbox, isReady: false };
    await this.#runtime.stopSandbox(sandbox.id);
  }

  /** Keeps one earlier instance, for `logs --previous` and lastState, and forgets those before. */
  addContainer(id: string, { name, image = "" }: Container): void {
    this.#instances.unshift({ id, name, specImage: image });
    const older = this.#instances.filter((instance) => instance.name === name).slice(2);
    for (const instance of older) this.#drop(instance);
  }

  /** A new sandbox runs all init containers again. */
  forgetContainers(containers: readonly Container[]): void {
    const names = new Set(containers.map(({ name }) => name));
    for (const instance of this.#instances.filter(({ name }) => names.has(name))) {
      this.#drop(instance);
    }
  }

  /** Everything of the pod leaves the node. */
  clear(): void {
    for (const instance of [...this.#instances]) this.#drop(instance);
    if (this.#sandbox && this.#sandbox.id !== "") this.#runtime.removeSandbox(this.#sandbox.id);
    this.#sandbox = undefined;
  }

  #drop(instance: Instance): void {
    this.#instances = this.#instances.filter((one) => one !== instance);
    if (!instance.lost) this.#runtime.removeContainer(instance.id);
  }

  async #stateOf(pod: Pod, instance: Instance): Promise<ContainerState> {
    if (instance.lost) return instance.lost;
    const status = this.#runtime.containerStatus(instance.id);
    if (!status) return unknownExit(instance);
    if (status.state === "exited" && instance.message === undefined) {
      instance.message = await terminationMessage(this.#runtime, status, pod);
    }
    const { id, name, attempt, state, createdAt, startedAt, finishedAt } = status;
    const { exitCode, reason, image, imageId } = status;
    const times = { createdAt, startedAt, finishedAt };
    const message = instance.message ?? "";
    const { specImage } = instance;
    return {
      id,
      name,
      attempt,
      state,
      ...times,
      exitCode,
      reason,
      message,
      specImage,
      image,
      imageId,
    };
  }
}

interface Instance {
  id: string;
  name: string;
  specImage: string;
  /** Read once, after the exit. */
  message?: string;
  /** Set for containers that the runtime does not know any more. */
  lost?: ContainerState;
}

const unknownExit = ({ id, name, specImage }: Instance): ContainerState => ({
  ...emptyState,
  id,
  name,
  specImage,
  image: specImage,
});

const emptyState: ContainerState = {
  id: "",
  name: "",
  attempt: 0,
  state: "exited",
  createdAt: 0,
  startedAt: 0,
  finishedAt: 0,
  exitCode: 137,
  reason: "ContainerStatusUnknown",
  message: "",
  specImage: "",
  image: "",
  imageId: "",
};

function lostInstance(
  pod: Pod,
  { status, now }: { status: ApiStatus; now: number },
): Instance | undefined {
  const { name, state: said, containerID } = status;
  const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const specImage = containers.find((container) => container.name === name)?.image ?? "";
  const ended = said?.terminated ?? (said?.running ? undefined : status.lastState?.terminated);
  if (!containerID || (!ended && !said?.running)) return undefined;
  const startedAt = Date.parse(ended?.startedAt ?? said?.running?.startedAt ?? "") || 0;
  const lost: ContainerState = {
    ...emptyState,
    id: containerID.replace(/^.*:\/\//, ""),
    name,
    attempt: status.restartCount,
    createdAt: startedAt,
    startedAt,
    finishedAt: ended ? Date.parse(ended.finishedAt ?? "") || 0 : now,
    exitCode: ended?.exitCode ?? LOST_EXIT_CODE,
    reason: ended ? (ended.reason ?? "") : "Unknown",
    message: ended?.message ?? "",
    specImage,
    image: status.image,
    imageId: status.imageID,
  };
  return { id: lost.id, name, specImage, lost };
}
