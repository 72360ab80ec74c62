// What runs of a pod, as the runtime tells: the input of every decision, beside the pod itself.

export interface PodRuntimeStatus {
  /** The newest sandbox; undefined before the first. */
  sandbox: SandboxStatus | undefined;
  /** Newest first; at most the current and the previous instance of each container. */
  containers: ContainerState[];
}

export interface SandboxStatus {
  id: string;
  ip: string;
  /** Counts the pod's earlier sandboxes. */
  attempt: number;
  /** False after it was stopped, or lost with its node. */
  isReady: boolean;
}

/** One instance of a container. Times are epoch milliseconds, 0 where not yet. */
export interface ContainerState {
  id: string;
  name: string;
  /** Earlier instances of this container; becomes restartCount. */
  attempt: number;
  state: "created" | "running" | "exited";
  createdAt: number;
  startedAt: number;
  finishedAt: number;
  exitCode: number;
  reason: string;
  /** The runtime's words and the program's termination message. */
  message: string;
  /** The image as the pod's spec named it when the container was made. */
  specImage: string;
  /** As the runtime names it. */
  image: string;
  imageId: string;
}

/** The newest instance. */
export function latest(status: PodRuntimeStatus, name: string): ContainerState | undefined {
  return status.containers.find((container) => container.name === name);
}

export const nothingRuns: PodRuntimeStatus = { sandbox: undefined, containers: [] };
