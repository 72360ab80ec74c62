// The pause container: it owns the pod's address, host name and shared memory, and dies last.

import type { Directory, File } from "../file-system/file-system.ts";
import { MemoryFile } from "../file-system/memory.ts";
import type { NetworkNamespace } from "../network/namespace.ts";
import type { Sandbox, SandboxConfig } from "../runtime.ts";
import type { Container } from "./container.ts";
import { hostsText, resolvText, sharedMemory } from "./special-files.ts";

export type EtcFile = "hosts" | "hostname" | "resolv.conf";

export class PodSandbox implements Sandbox {
  readonly id: string;
  readonly createdAt: number;
  readonly config: SandboxConfig;
  readonly network: NetworkNamespace;
  /** Of the veth on the node's side. */
  readonly interfaceIndex: number;
  readonly containers: Container[] = [];
  isStopped = false;
  #shm: Directory | undefined;
  #etc: Map<EtcFile, File> | undefined;

  constructor(
    config: SandboxConfig,
    given: Pick<PodSandbox, "id" | "createdAt" | "network" | "interfaceIndex">,
  ) {
    this.config = config;
    this.id = given.id;
    this.createdAt = given.createdAt;
    this.network = given.network;
    this.interfaceIndex = given.interfaceIndex;
  }

  get ip(): string {
    return this.network.ip;
  }

  get shm(): Directory {
    return (this.#shm ??= sharedMemory());
  }

  /** The files in /etc that all containers of the pod share; writable, as the kubelet's are. */
  etc(name: EtcFile): File {
    this.#etc ??= new Map();
    let file = this.#etc.get(name);
    if (!file) this.#etc.set(name, (file = new MemoryFile(Buffer.from(this.#etcText(name)))));
    return file;
  }

  #etcText(name: EtcFile): string {
    if (name === "hosts") return hostsText(this.config, this.ip);
    if (name === "hostname") return `${this.config.hostname}\n`;
    return resolvText(this.config.dns);
  }
}
