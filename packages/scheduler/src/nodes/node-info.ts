// A node with what its pods have taken of it, kept up to date pod by pod.

import type { Node } from "@kubonsai/api";
import { accumulate, parseAmounts, type Amounts } from "../pods/amounts.ts";
import type { HostPort, PodDemand } from "../pods/pod-demand.ts";

const EVERY_ADDRESS = "0.0.0.0";

export class NodeInfo {
  readonly name: string;
  #node: Node | undefined;
  #allocatable: Amounts = new Map();
  /** Image name → bytes. */
  #images: ReadonlyMap<string, number> = new Map();
  readonly #pods = new Map<string, PodDemand>();
  readonly #requested = new Map<string, number>();
  readonly #weighed = new Map<string, number>();
  /** `TCP 8080` → address → how many pods use it */
  readonly #ports = new Map<string, Map<string, number>>();

  constructor(name: string) {
    this.name = name;
  }

  /** Pods may be known before their node, and after it is gone. */
  get isPresent(): boolean {
    return this.#node !== undefined;
  }

  get node(): Node {
    return this.#node!;
  }

  get allocatable(): Amounts {
    return this.#allocatable;
  }

  get images(): ReadonlyMap<string, number> {
    return this.#images;
  }

  get podCount(): number {
    return this.#pods.size;
  }

  /** What the pods here requested. */
  get requested(): Amounts {
    return this.#requested;
  }

  /** The same with something assumed for containers that request nothing. */
  get weighed(): Amounts {
    return this.#weighed;
  }

  setNode(node: Node | undefined): void {
    this.#node = node;
    this.#allocatable = parseAmounts(node?.status?.allocatable);
    const images = (node?.status?.images ?? []).flatMap(({ names = [], sizeBytes = 0 }) =>
      names.map((name) => [name, Number(sizeBytes)] as const),
    );
    this.#images = new Map(images);
  }

  addPod(pod: PodDemand): void {
    this.removePod(pod.key);
    this.#pods.set(pod.key, pod);
    this.#account(pod, 1);
  }

  /** Whether it was here. */
  removePod(key: string): boolean {
    const pod = this.#pods.get(key);
    if (!pod) return false;
    this.#pods.delete(key);
    this.#account(pod, -1);
    return true;
  }

  isPortTaken({ ip, protocol, port }: HostPort): boolean {
    const users = this.#ports.get(`${protocol} ${port}`);
    if (!users) return false;
    return ip === EVERY_ADDRESS ? users.size > 0 : users.has(ip) || users.has(EVERY_ADDRESS);
  }

  #account(pod: PodDemand, sign: 1 | -1): void {
    accumulate(this.#requested, pod.requests, sign);
    accumulate(this.#weighed, pod.weighed, sign);
    for (const port of pod.hostPorts) this.#accountPort(port, sign);
  }

  #accountPort({ ip, protocol, port }: HostPort, sign: 1 | -1): void {
    const key = `${protocol} ${port}`;
    const users = this.#ports.get(key) ?? new Map<string, number>();
    const count = (users.get(ip) ?? 0) + sign;
    if (count > 0) users.set(ip, count);
    else users.delete(ip);
    if (users.size > 0) this.#ports.set(key, users);
    else this.#ports.delete(key);
  }
}
