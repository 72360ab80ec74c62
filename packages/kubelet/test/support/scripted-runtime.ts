// A container runtime that does what a test's script says: the contract's double, without a machine.

import type { Clock } from "@kubonsai/clock";
import { PassThrough, type Duplex } from "node:stream";
import { MemoryDirectory } from "../../src/runtime/file-system/memory.ts";
import {
  ImageNameError,
  type ContainerConfig,
  type ContainerRuntime,
  type ContainerStatus,
  type ExecOptions,
  type ExecSession,
  type ImageService,
  type LogLine,
  type NodeImage,
  type Sandbox,
} from "../../src/runtime/runtime.ts";

/** What a container does after its start; by container name. */
export interface Script {
  /** Milliseconds and code; absent: runs until it is stopped. One per instance, the last repeats. */
  exits?: { afterMs: number; code: number }[];
  /** Ends only by SIGKILL. */
  ignoresStop?: boolean;
  /** Milliseconds between the stop signal and the exit; default 0. */
  stopsAfterMs?: number;
  failsCreate?: string;
  failsStart?: string;
  terminationMessage?: string;
}

type Running = { -readonly [K in keyof ContainerStatus]: ContainerStatus[K] } & { podUid: string };

export class ScriptedRuntime implements ContainerRuntime {
  readonly name = "containerd";
  readonly version = "2.2.1";
  readonly nodeFiles = new MemoryDirectory();
  /** What was asked, in order: `run web`, `create a#0`, `stop a 30`. */
  readonly calls: string[] = [];
  readonly configs: ContainerConfig[] = [];
  readonly scripts: { [container: string]: Script } = {};
  /** By command line: exit code, or milliseconds to think first. */
  readonly commands: { [line: string]: { code: number; output?: string; afterMs?: number } } = {};
  readonly images: ImageService;
  /** On the node already. */
  readonly present = new Set(["nginx:1.25"]);
  pullError = "";
  pullMs = 1500;
  readonly #clock: Clock;
  readonly #containers = new Map<string, Running>();
  readonly #pods = new Map<string, string>();
  /** Who waits for a container's end. */
  readonly #ends = new Map<string, (() => void)[]>();
  readonly #listeners: ((podUid: string, containerId: string) => void)[] = [];
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.images = this.#imageService();
  }

  async runSandbox({ podUid, name }: { podUid: string; name: string }): Promise<Sandbox> {
    this.calls.push(`run ${name}`);
    const id = `sandbox-${++this.#count}`;
    this.#pods.set(id, podUid);
    return { id, ip: `10.244.1.${1 + this.#count}`, createdAt: this.#clock.now() };
  }

  async stopSandbox(): Promise<void> {
    this.calls.push("stop sandbox");
  }

  removeSandbox(): void {
    this.calls.push("remove sandbox");
  }

  async createContainer(sandboxId: string, config: ContainerConfig): Promise<string> {
    const script = this.#script(config.name);
    this.configs.push(config);
    this.calls.push(`create ${config.name}#${config.attempt}`);
    if (script.failsCreate) throw new Error(script.failsCreate);
    const id = `${config.name}-${++this.#count}`;
    this.#containers.set(id, {
      ...created,
      id,
      podUid: this.#pods.get(sandboxId)!,
      name: config.name,
      attempt: config.attempt,
      createdAt: this.#clock.now(),
    });
    return id;
  }

  async startContainer(id: string): Promise<void> {
    const container = this.#containers.get(id)!;
    const { failsStart, exits } = this.#script(container.name);
    if (failsStart) {
      this.#end(container, { code: 128, reason: "StartError", message: failsStart });
      throw new Error(failsStart);
    }
    container.state = "running";
    container.startedAt = this.#clock.now();
    this.#tell(container);
    const exit = exits?.[Math.min(container.attempt, exits.length - 1)];
    if (exit) this.#clock.after(exit.afterMs, () => this.#end(container, { code: exit.code }));
  }

  async stopContainer(id: string, timeoutMs: number): Promise<void> {
    const container = this.#containers.get(id)!;
    this.calls.push(`stop ${container.name} ${timeoutMs / 1000}`);
    const { ignoresStop, stopsAfterMs = 0 } = this.#script(container.name);
    const waitMs = ignoresStop ? timeoutMs : Math.min(stopsAfterMs, timeoutMs);
    const code = waitMs >= timeoutMs ? 137 : 143;
    if (waitMs === 0) return this.#end(container, { code });
    const timer = this.#clock.after(waitMs, () => this.#end(container, { code }));
    await new Promise<void>((resolve) =>
      this.#ends.set(id, [...(this.#ends.get(id) ?? []), resolve]),
    );
    timer.cancel();
  }

  /** Ends a container from outside, as `kubectl exec … kill 1` would. */
  exit(name: string, code: number): void {
    const running = [...this.#containers.values()].filter((one) => one.state === "running");
    const container = running.find((one) => one.name === name);
    if (container) this.#end(container, { code });
  }

  removeContainer(id: string): void {
    this.calls.push(`remove ${this.#containers.get(id)?.name}`);
    this.#containers.delete(id);
  }

  containerStatus(id: string): ContainerStatus | undefined {
    return this.#containers.get(id);
  }

  exec(containerId: string, { command }: ExecOptions): ExecSession {
    const line = command.join(" ");
    this.calls.push(`exec ${line}`);
    const { code = 0, output = "", afterMs = 0 } = this.commands[line] ?? { code: 0 };
    const ended = this.#clock.sleep(afterMs).then(() => code);
    async function* stdout() {
      await ended;
      if (output) yield Buffer.from(output);
    }
    async function* nothing(): AsyncGenerator<Uint8Array> {}
    return {
      stdout: stdout(),
      stderr: nothing(),
      exitCode: ended,
      write: async () => {},
      closeStdin: () => {},
      resize: () => {},
      kill: () => void this.calls.push(`kill ${containerId}`),
    };
  }

  attach(): ExecSession {
    throw new Error("not scripted");
  }

  /** What is written comes back; port 1 is closed. */
  async portForward(_sandboxId: string, port: number): Promise<Duplex> {
    if (port === 1) throw new Error("connection refused");
    return new PassThrough({ allowHalfOpen: true });
  }

  async *readLogs(): AsyncGenerator<LogLine> {
    yield { timeMs: this.#clock.now(), stream: "stdout", bytes: Buffer.from("last words\n") };
  }

  usage() {
    return { cpuMillis: 0, memoryBytes: 0 };
  }

  onChange(listener: (podUid: string, containerId: string) => void): void {
    this.#listeners.push(listener);
  }

  #script(name: string): Script {
    return this.scripts[name] ?? {};
  }

  #tell({ podUid, id }: Running): void {
    for (const listener of this.#listeners) listener(podUid, id);
  }

  #end(container: Running, how: { code: number; reason?: string; message?: string }): void {
    if (container.state === "exited") return;
    container.state = "exited";
    container.finishedAt = this.#clock.now();
    container.exitCode = how.code;
    container.reason = how.reason ?? (how.code === 0 ? "Completed" : "Error");
    container.message = how.message ?? "";
    container.terminationMessage = this.#script(container.name).terminationMessage ?? "";
    this.#tell(container);
    for (const resolve of this.#ends.get(container.id) ?? []) resolve();
  }

  #imageService(): ImageService {
    const image = (name: string): NodeImage => ({
      names: [name],
      id: "sha256:abc",
      sizeBytes: 72_000_000,
      user: "",
    });
    return {
      list: () => [...this.present].map(image),
      status: (name) => {
        if (/[A-Z]/.test(name)) throw new ImageNameError("couldn't parse image name");
        return this.present.has(name) ? image(name) : undefined;
      },
      pull: async (name) => {
        this.calls.push(`pull ${name}`);
        await this.#clock.sleep(this.pullMs);
        if (this.pullError) throw new Error(this.pullError);
        this.present.add(name);
        return image(name);
      },
    };
  }
}

const created: Omit<Running, "podUid" | "id" | "name" | "attempt" | "createdAt"> = {
  state: "created",
  startedAt: 0,
  finishedAt: 0,
  exitCode: 0,
  signal: 0,
  reason: "",
  message: "",
  terminationMessage: "",
  image: "docker.io/library/nginx:1.25",
  imageId: "docker.io/library/nginx@sha256:abc",
};
