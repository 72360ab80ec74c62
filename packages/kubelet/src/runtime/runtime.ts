// The container runtime of one simulated node as the kubelet sees it: CRI in miniature.
// Times are epoch milliseconds; texts of errors are those of containerd.

import type { Duplex } from "node:stream";
import type { Directory, File } from "./file-system/file-system.ts";

export interface ContainerRuntime {
  /** `containerd`, `2.2.1` */
  readonly name: string;
  readonly version: string;
  readonly images: ImageService;
  /** The node's own root file system: hostPath volumes live here and outlive pods. */
  readonly nodeFiles: Directory;

  /** Makes the pause container: pod IP, host name, port table. @throws Error with the event's text */
  runSandbox(config: SandboxConfig): Promise<Sandbox>;
  /** Kills what still runs in it and gives the IP back; idempotent. */
  stopSandbox(sandboxId: string): Promise<void>;
  removeSandbox(sandboxId: string): void;

  /** @throws Error with CreateContainerError's text; the container then does not exist */
  createContainer(sandboxId: string, config: ContainerConfig): Promise<string>;
  /** @throws Error with RunContainerError's text; the container is then exited, StartError, 128 */
  startContainer(containerId: string): Promise<void>;
  /** Stop signal, wait, SIGKILL; resolves when the container has exited. */
  stopContainer(containerId: string, timeoutMs: number): Promise<void>;
  /** Forgets the container and its logs. */
  removeContainer(containerId: string): void;
  /** @returns undefined when unknown */
  containerStatus(containerId: string): ContainerStatus | undefined;

  /** Runs a command beside the container's first process. @throws ExecError when it cannot start */
  exec(containerId: string, options: ExecOptions): ExecSession;
  /** Joins the first process's streams. */
  attach(containerId: string): ExecSession;
  /** A connection to the sandbox's own loopback. @throws Error with containerd's text */
  portForward(sandboxId: string, port: number): Promise<Duplex>;
  /** What the container wrote, oldest first; with `follow` it goes on until the container exits. */
  readLogs(containerId: string, options: LogOptions, signal: AbortSignal): AsyncIterable<LogLine>;
  /** CPU and memory in use now, for metrics and eviction. */
  usage(containerId: string): { cpuMillis: number; memoryBytes: number };

  /** A container's state changed; the listener is told within the same turn. */
  onChange(listener: (podUid: string, containerId: string) => void): void;
}

export interface SandboxConfig {
  podUid: string;
  name: string;
  namespace: string;
  hostname: string;
  hostNetwork: boolean;
  labels: { [name: string]: string };
  annotations: { [name: string]: string };
  /** Lines of /etc/resolv.conf. */
  dns: { nameservers: string[]; searches: string[]; options: string[] };
  hostAliases: { ip: string; hostnames: string[] }[];
}

export interface Sandbox {
  readonly id: string;
  /** The pod's IP; the node's with hostNetwork. */
  readonly ip: string;
  readonly createdAt: number;
}

export interface ContainerConfig {
  name: string;
  /** As in the pod's spec; must be present on the node. */
  image: string;
  /** Counts the container's earlier instances in this pod, from 0. */
  attempt: number;
  /** Absent: the image's own. */
  command?: string[];
  args?: string[];
  workingDir?: string;
  env: { name: string; value: string }[];
  mounts: Mount[];
  user?: { uid?: number; gid?: number; groups?: number[] };
  readOnlyRoot: boolean;
  stdin: boolean;
  stdinOnce: boolean;
  tty: boolean;
  /** Ports the container declares: the generic program opens them. */
  ports: { name?: string; containerPort: number; protocol: string }[];
  /** 0: no limit. */
  memoryLimitBytes: number;
  cpuLimitMillis: number;
  terminationMessagePath: string;
}

export interface Mount {
  containerPath: string;
  source: Directory | File;
  readOnly: boolean;
}

export interface ContainerStatus {
  readonly id: string;
  readonly name: string;
  readonly attempt: number;
  readonly state: "created" | "running" | "exited";
  readonly createdAt: number;
  /** 0 before start. */
  readonly startedAt: number;
  /** 0 before exit. */
  readonly finishedAt: number;
  readonly exitCode: number;
  /** The signal that ended it, or 0. */
  readonly signal: number;
  /** `Completed`, `Error`, `OOMKilled`, `StartError`; empty before exit. */
  readonly reason: string;
  /** The runtime's own words (StartError), else empty. */
  readonly message: string;
  /** What the program left at terminationMessagePath. */
  readonly terminationMessage: string;
  /** Fully qualified: `docker.io/library/nginx:1.20.2` */
  readonly image: string;
  /** `docker.io/library/nginx@sha256:…` */
  readonly imageId: string;
}

export interface ImageService {
  /** What is on the node, largest first, as node status lists it. */
  list(): NodeImage[];
  /**
   * @returns undefined when the image is not on the node
   * @throws ImageNameError when `image` cannot be parsed
   */
  status(image: string): NodeImage | undefined;
  /** Takes as long as the image's size and the node's registry link make it. @throws Error */
  pull(image: string, signal: AbortSignal): Promise<NodeImage>;
}

export interface NodeImage {
  /** `docker.io/library/nginx:1.20.2` and the digest form */
  readonly names: string[];
  readonly id: string;
  readonly sizeBytes: number;
  /** Empty: root. */
  readonly user: string;
}

/** `invalid reference format` and its relatives: waiting reason InvalidImageName. */
export class ImageNameError extends Error {}

export interface ExecOptions {
  command: string[];
  tty: boolean;
  /** False: the command's stdin is at its end from the start. */
  stdin: boolean;
}

/** A running command with its streams. Every chunk is bytes; ends are told once. */
export interface ExecSession {
  readonly stdout: AsyncIterable<Uint8Array>;
  /** Empty with a TTY. */
  readonly stderr: AsyncIterable<Uint8Array>;
  /** Resolves when the reader can take more. */
  write(chunk: Uint8Array): Promise<void>;
  closeStdin(): void;
  resize(columns: number, rows: number): void;
  /** The client went away. */
  kill(): void;
  /** Resolves with the exit code once the command ended and its output was read. */
  readonly exitCode: Promise<number>;
}

/** The command could not be started: code 126 or 127 and the runtime's text. */
export class ExecError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

export interface LogOptions {
  follow: boolean;
  /** The last lines only; absent: all. */
  tailLines?: number;
  /** Lines at or after this time. */
  sinceMs?: number;
}

export interface LogLine {
  readonly timeMs: number;
  readonly stream: "stdout" | "stderr";
  /** With its newline unless the output was cut there. */
  readonly bytes: Uint8Array;
}
