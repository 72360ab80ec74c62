// What connects the namespaces of one kubelet process: who has which address, how long a missing one
// takes, which nodes there are.

import type { Clock, Random } from "@kubonsai/clock";
import type { Address } from "./connection.ts";
import type { IpPool } from "./ip-pool.ts";
import type { Listener } from "./listener.ts";
import { isLoopback, type NetworkNamespace } from "./namespace.ts";
import { DialError } from "./network.ts";
import { NO_SERVICES, type ServiceTable } from "./services.ts";

/** How long the kernel asks for a neighbour that does not answer. */
const NEIGHBOUR_TIMEOUT_MS = 3_070;

export interface NodeSegment {
  readonly name: string;
  readonly ip: string;
  readonly pods: IpPool;
  /** The node's own namespace, shared by hostNetwork pods. */
  readonly host: NetworkNamespace;
}

export interface Reached {
  readonly listener: Listener;
  readonly address: Address;
  /** The address that the listener sees its client at. */
  readonly source: Address;
}

export class Fabric {
  readonly clock: Clock;
  readonly random: Random;
  services: ServiceTable = NO_SERVICES;
  readonly #namespaces = new Map<string, NetworkNamespace>();
  readonly #nodes = new Map<string, NodeSegment>();
  #outsidePort = 0;

  constructor(clock: Clock, random: Random) {
    this.clock = clock;
    this.random = random;
  }

  addNode(node: NodeSegment): void {
    this.#nodes.set(node.name, node);
    this.#namespaces.set(node.ip, node.host);
  }

  attach(namespace: NetworkNamespace): void {
    this.#namespaces.set(namespace.ip, namespace);
  }

  detach(namespace: NetworkNamespace): void {
    if (this.#namespaces.get(namespace.ip) === namespace) this.#namespaces.delete(namespace.ip);
  }

  /** Whether anyone has this address: what ping asks. */
  isThere(ip: string): boolean {
    return this.#namespaces.has(ip) || this.#nodeOf(ip)?.pods.gateway === ip;
  }

  addressesOfNode(name: string): string[] | undefined {
    const node = this.#nodes.get(name);
    return node && [node.ip];
  }

  /** Finds who listens at an address. @throws DialError, after the time that a real dial takes */
  async reach(
    from: NetworkNamespace | undefined,
    to: Address,
    timeoutMs: number,
  ): Promise<Reached> {
    const source = from?.sourceFor(to.ip) ?? this.#outside(to.ip);
    if (from && isLoopback(to.ip)) return this.#listenerIn(from, to, source, true);
    const routed = this.services.route(to.ip, to.port, source) ?? to;
    if (routed === "refused") throw refused(to);
    const namespace = this.#namespaces.get(routed.ip);
    if (!namespace) return this.#nobody(routed, timeoutMs);
    const isLocal = namespace === from;
    return this.#listenerIn(namespace, routed, from ? source : this.#outside(routed.ip), isLocal);
  }

  #listenerIn(
    namespace: NetworkNamespace,
    address: Address,
    source: Address,
    isLocal: boolean,
  ): Reached {
    const listener = namespace.listenerAt(address.port, isLocal);
    if (!listener) throw refused(address);
    return { listener, address, source };
  }

  /** Kubelet and NodePort traffic arrives from the gateway of the pod's node. */
  #outside(ip: string): Address {
    const port = 32768 + (this.#outsidePort++ % 28232);
    const node = this.#nodeOf(ip);
    return { ip: node?.pods.gateway ?? "127.0.0.1", port };
  }

  #nodeOf(ip: string): NodeSegment | undefined {
    for (const node of this.#nodes.values()) if (node.pods.contains(ip)) return node;
    return undefined;
  }

  async #nobody(to: Address, timeoutMs: number): Promise<never> {
    const at = `${to.ip}:${to.port}`;
    const isNeighbour = this.#nodeOf(to.ip) !== undefined && timeoutMs > NEIGHBOUR_TIMEOUT_MS;
    await this.clock.sleep(isNeighbour ? NEIGHBOUR_TIMEOUT_MS : timeoutMs);
    if (isNeighbour) throw new DialError(`dial tcp ${at}: connect: no route to host`, "no-route");
    throw new DialError(`dial tcp ${at}: i/o timeout`, "timeout");
  }
}

function refused({ ip, port }: Address): DialError {
  return new DialError(`dial tcp ${ip}:${port}: connect: connection refused`, "refused");
}
