// One simulated node's container runtime: sandboxes, containers, images, and the node's own files.

import type { Clock, Random } from "@kubonsai/clock";
import type { Duplex } from "node:stream";
import { Container, type NodeParts } from "./containers/container.ts";
import { LogBudget } from "./containers/container-log.ts";
import { attachTo, startExec } from "./containers/exec-session.ts";
import { forwardInto } from "./containers/forward.ts";
import { PodSandbox } from "./containers/sandbox.ts";
import type { Directory } from "./file-system/file-system.ts";
import { OverlayLayer } from "./file-system/overlay.ts";
import { NodeImages } from "./images/image-service.ts";
import { nodeRoot } from "./images/node-root.ts";
import { findProgram } from "./images/programs.ts";
import type { ClusterNetwork } from "./network/create-network.ts";
import { IpPool } from "./network/ip-pool.ts";
import { NetworkNamespace } from "./network/namespace.ts";
import type {
  ContainerConfig,
  ContainerRuntime,
  ContainerStatus,
  ExecOptions,
  ExecSession,
  LogLine,
  LogOptions,
  Sandbox,
  SandboxConfig,
} from "./runtime.ts";

export interface NodeRuntimeOptions {
  nodeName: string;
  nodeIp: string;
  /** `10.244.1.0/24` */
  podCidr: string;
  network: ClusterNetwork;
  clock: Clock;
  random: Random;
  /** The link to the registries; the default brings nginx in about a second. */
  pullSpeedBytesPerSecond?: number;
}

const PULL_SPEED = 80 * 1024 * 1024;
const IDLE_CPU_MILLIS = 1;

/** Logs of all nodes of one network share a budget. */
const budgets = new WeakMap<object, LogBudget>();

export function createNodeRuntime(options: NodeRuntimeOptions): ContainerRuntime {
  return new NodeRuntime(options);
}

class NodeRuntime implements ContainerRuntime {
  readonly name = "containerd";
  readonly version = "2.2.1";
  readonly images: NodeImages;
  readonly #layer = new OverlayLayer(nodeRoot());
  readonly #options: NodeRuntimeOptions;
  readonly #pool: IpPool;
  readonly #host: NetworkNamespace;
  readonly #parts: NodeParts;
  readonly #sandboxes = new Map<string, PodSandbox>();
  readonly #containers = new Map<string, Container>();
  readonly #listeners: ((podUid: string, containerId: string) => void)[] = [];
  #interfaces = 3;

  constructor(options: NodeRuntimeOptions) {
    const { clock, random, network, nodeName, nodeIp } = options;
    this.#options = options;
    this.images = new NodeImages(clock, options.pullSpeedBytesPerSecond ?? PULL_SPEED);
    this.#pool = new IpPool(options.podCidr);
    const dns = { nameservers: [], searches: [], options: [] };
    this.#host = new NetworkNamespace(network.fabric, { ip: nodeIp, hostname: nodeName, dns });
    network.fabric.addNode({ name: nodeName, ip: nodeIp, pods: this.#pool, host: this.#host });
    this.#parts = {
      clock,
      random,
      name: nodeName,
      startedMs: clock.now(),
      logs: budgetOf(network),
      findProgram,
      changed: (container) => this.#tell(container),
    };
  }

  get nodeFiles(): Directory {
    return this.#layer.root;
  }

  async runSandbox(config: SandboxConfig): Promise<Sandbox> {
    const id = this.#newId();
    const sandbox = new PodSandbox(config, {
      id,
      createdAt: this.#options.clock.now(),
      network: config.hostNetwork ? this.#host : this.#newNamespace(id, config),
      interfaceIndex: ++this.#interfaces,
    });
    this.#sandboxes.set(id, sandbox);
    return sandbox;
  }

  async stopSandbox(sandboxId: string): Promise<void> {
    const sandbox = this.#sandboxes.get(sandboxId);
    if (!sandbox || sandbox.isStopped) return;
    sandbox.isStopped = true;
    for (const container of sandbox.containers) container.kill();
    if (sandbox.config.hostNetwork) return;
    this.#options.network.fabric.detach(sandbox.network);
    this.#pool.giveBack(sandbox.ip);
  }

  removeSandbox(sandboxId: string): void {
    const sandbox = this.#sandboxes.get(sandboxId);
    if (!sandbox) return;
    void this.stopSandbox(sandboxId);
    for (const { id } of [...sandbox.containers]) this.removeContainer(id);
    this.#sandboxes.delete(sandboxId);
  }

  async createContainer(sandboxId: string, config: ContainerConfig): Promise<string> {
    const sandbox = this.#sandboxes.get(sandboxId);
    if (!sandbox || sandbox.isStopped) throw new Error(`failed to find sandbox id "${sandboxId}"`);
    const pulled = this.images.status(config.image);
    if (!pulled) throw new Error(`failed to resolve image "${config.image}": not found`);
    const id = this.#newId();
    const container = new Container(id, { config, sandbox, pulled, node: this.#parts });
    sandbox.containers.push(container);
    this.#containers.set(id, container);
    return id;
  }

  async startContainer(containerId: string): Promise<void> {
    const container = this.#demand(containerId);
    if (container.state !== "created") {
      throw new Error(`container "${containerId}" is in ${container.state} state`);
    }
    container.start();
  }

  async stopContainer(containerId: string, timeoutMs: number): Promise<void> {
    await this.#containers.get(containerId)?.stop(timeoutMs);
  }

  removeContainer(containerId: string): void {
    const container = this.#containers.get(containerId);
    if (!container) return;
    container.kill();
    container.log.discard();
    this.#containers.delete(containerId);
    const { containers } = container.sandbox;
    containers.splice(containers.indexOf(container), 1);
  }

  containerStatus(containerId: string): ContainerStatus | undefined {
    const container = this.#containers.get(containerId);
    if (!container) return undefined;
    const { id, config, exit, pulled } = container;
    return {
      id,
      name: config.name,
      attempt: config.attempt,
      state: container.state,
      createdAt: container.createdAt,
      startedAt: container.startedAt,
      finishedAt: container.finishedAt,
      exitCode: exit.code,
      signal: exit.signal,
      reason: container.reason,
      message: container.message,
      terminationMessage: container.terminationMessage,
      image: pulled.names[pulled.names.length - 1]!,
      imageId: pulled.names[0]!,
    };
  }

  exec(containerId: string, options: ExecOptions): ExecSession {
    return startExec(this.#demand(containerId), options, this.#newId());
  }

  attach(containerId: string): ExecSession {
    return attachTo(this.#demand(containerId));
  }

  async portForward(sandboxId: string, port: number): Promise<Duplex> {
    const sandbox = this.#sandboxes.get(sandboxId);
    if (!sandbox || sandbox.isStopped) {
      throw new Error(`sandbox container "${sandboxId}" is not running`);
    }
    return forwardInto(sandbox, port);
  }

  readLogs(containerId: string, options: LogOptions, signal: AbortSignal): AsyncIterable<LogLine> {
    return this.#demand(containerId).log.read(options, signal);
  }

  usage(containerId: string): { cpuMillis: number; memoryBytes: number } {
    const container = this.#containers.get(containerId);
    if (container?.state !== "running") return { cpuMillis: 0, memoryBytes: 0 };
    const { busyMillis } = container.processes;
    const limit = container.config.cpuLimitMillis || 1000;
    return {
      cpuMillis: Math.min(limit, Math.max(IDLE_CPU_MILLIS, busyMillis)),
      memoryBytes: container.memoryBytes,
    };
  }

  onChange(listener: (podUid: string, containerId: string) => void): void {
    this.#listeners.push(listener);
  }

  #tell({ id, sandbox }: Container): void {
    for (const listener of this.#listeners) listener(sandbox.config.podUid, id);
  }

  #demand(containerId: string): Container {
    const container = this.#containers.get(containerId);
    if (container) return container;
    throw new Error(
      `rpc error: code = NotFound desc = an error occurred when try to find container "${containerId}": not found`,
    );
  }

  #newNamespace(sandboxId: string, { hostname, dns }: SandboxConfig): NetworkNamespace {
    const { fabric } = this.#options.network;
    const namespace = new NetworkNamespace(fabric, { ip: this.#address(sandboxId), hostname, dns });
    fabric.attach(namespace);
    return namespace;
  }

  #address(sandboxId: string): string {
    try {
      return this.#pool.take();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `rpc error: code = Unknown desc = failed to setup network for sandbox "${sandboxId}": ` +
          `plugin type="ptp" failed (add): ${why}`,
      );
    }
  }

  #newId(): string {
    return Buffer.from(this.#options.random.bytes(32)).toString("hex");
  }
}

function budgetOf(network: ClusterNetwork): LogBudget {
  let budget = budgets.get(network);
  if (!budget) budgets.set(network, (budget = new LogBudget()));
  return budget;
}
