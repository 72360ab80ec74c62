// Gives Services their addresses and ports. What is taken is read off the Services that exist, so that
// nothing can leak; what is being written at this moment is remembered here until it is one of them.
// @see kubernetes pkg/registry/core/service/storage/alloc.go

import {
  internalError,
  invalid,
  invalidError,
  type KubernetesObject,
  type Service,
  type ServicePort,
} from "@kubonsai/api";
import type { Random } from "@kubonsai/clock";
import type { Reservation } from "../behaviour.ts";
import type { Lookup } from "../lookup.ts";
import { parseIpv4, type ClusterIpRange } from "./cluster-ips.ts";
import type { NodePortRange } from "./node-ports.ts";
import {
  hasClusterIp,
  HEADLESS,
  needsHealthCheckPort,
  needsNodePorts,
  usesNodePorts,
} from "./service-kinds.ts";

const SERVICES = { group: "", resource: "services" };

export interface AddressOptions {
  readonly lookup: Lookup;
  readonly random: Random;
  readonly clusterIps: ClusterIpRange;
  readonly nodePorts: NodePortRange;
}

export class ServiceAddresses {
  readonly #options: AddressOptions;
  /** Of Services that are being written: addresses, and ports as text. */
  readonly #pending = new Set<string>();

  constructor(options: AddressOptions) {
    this.#options = options;
  }

  /**
   * Fills in what `service` lacks and checks what it asks for. Changes it in place.
   * @param old what it is now; its own addresses and ports it may keep
   * @throws StatusError Invalid, or InternalError when a range is full
   */
  async reserve(service: Service, old?: Service): Promise<Reservation> {
    const services = (await this.#options.lookup.list(SERVICES)) as Service[];
    // from here on in one turn: nobody else reserves in between
    const draft = new Draft(this.#options, service, this.#takenBy(services, old));
    draft.settle(old);
    for (const one of draft.reserved) this.#pending.add(one);
    const settle = () => {
      for (const one of draft.reserved) this.#pending.delete(one);
      draft.reserved.length = 0;
    };
    return { keep: settle, giveBack: settle };
  }

  #takenBy(services: readonly Service[], old: KubernetesObject | undefined): Set<string> {
    const taken = new Set(this.#pending);
    for (const one of services) {
      if (one.metadata.uid === old?.metadata.uid) continue;
      for (const address of heldBy(one)) taken.add(address);
    }
    return taken;
  }
}

/** A Service's own addresses, and its ports as text. */
function heldBy({ spec }: Service): string[] {
  const ports = (spec.ports ?? []).map(({ nodePort }) => nodePort);
  const numbers = [...ports, spec.healthCheckNodePort].filter((port) => port);
  const addresses = [spec.clusterIP, ...(spec.clusterIPs ?? [])];
  const own = addresses.filter((one) => one !== undefined && one !== "" && one !== HEADLESS);
  return [...new Set([...(own as string[]), ...numbers.map(String)])];
}

/** One Service's requests, checked against what is taken. */
class Draft {
  readonly reserved: string[] = [];
  readonly #options: AddressOptions;
  readonly #service: Service;
  readonly #taken: Set<string>;

  constructor(options: AddressOptions, service: Service, taken: Set<string>) {
    this.#options = options;
    this.#service = service;
    this.#taken = taken;
  }

  settle(old: Service | undefined): void {
    this.#settleClusterIp(old);
    if (usesNodePorts(this.#service)) this.#settleNodePorts(old);
    if (needsHealthCheckPort(this.#service)) this.#settleHealthCheckPort(old);
  }

  #settleClusterIp(old: Service | undefined): void {
    const { spec } = this.#service;
    if (!hasClusterIp(this.#service)) return;
    const wanted = spec.clusterIPs?.[0] ?? "";
    if (wanted === "") {
      const address = this.#nextClusterIp();
      spec.clusterIP = address;
      spec.clusterIPs = [address];
      return;
    }
    const isKept = old !== undefined && heldBy(old).includes(wanted);
    // what is no address at all is for validation to refuse
    if (isKept || parseIpv4(wanted) === undefined) return;
    const why = this.#options.clusterIps.includes(wanted)
      ? this.#taken.has(wanted) && "provided IP is already allocated"
      : "the provided network does not match the current range";
    if (why) {
      const detail = `failed to allocate IP ${wanted}: ${why}`;
      throw this.#refuse("spec.clusterIPs", spec.clusterIPs, detail);
    }
    this.#reserve(wanted);
  }

  #nextClusterIp(): string {
    const { clusterIps, random } = this.#options;
    const address = clusterIps.next(random, (one) => this.#taken.has(one));
    if (address !== undefined) return this.#reserve(address);
    const name = JSON.stringify(this.#service.metadata.name ?? "");
    throw internalError(`failed to allocate a serviceIP for Service ${name}: range is full`);
  }

  #settleNodePorts(old: Service | undefined): void {
    const ports = this.#service.spec.ports ?? [];
    const kept = new Set(old ? heldBy(old) : []);
    for (const [index, port] of ports.entries()) {
      // one number may serve the same port under several protocols
      const sibling = ports.find((one) => one.port === port.port && one.nodePort)?.nodePort;
      if (!port.nodePort && sibling) port.nodePort = sibling;
      else if (!port.nodePort && needsNodePorts(this.#service)) port.nodePort = this.#nextPort();
      else if (port.nodePort && !kept.has(String(port.nodePort))) this.#claimPort(index, port);
    }
  }

  #claimPort(index: number, { nodePort = 0 }: ServicePort): void {
    if (this.reserved.includes(String(nodePort))) return;
    const why = this.#portProblem(nodePort);
    if (why) throw this.#refuse(`spec.ports[${index}].nodePort`, nodePort, why);
    this.#reserve(String(nodePort));
  }

  #settleHealthCheckPort(old: Service | undefined): void {
    const { spec } = this.#service;
    const wanted = spec.healthCheckNodePort;
    if (!wanted) {
      spec.healthCheckNodePort = this.#nextPort();
      return;
    }
    if (old && heldBy(old).includes(String(wanted))) return;
    const why = this.#portProblem(wanted);
    const what = `failed to allocate requested HealthCheck NodePort ${wanted}`;
    if (why) throw internalError(`${what}: ${why}`);
    this.#reserve(String(wanted));
  }

  #portProblem(port: number): string | undefined {
    const { nodePorts } = this.#options;
    if (!nodePorts.includes(port)) {
      return `provided port is not in the valid range. The range of valid ports is ${nodePorts}`;
    }
    return this.#taken.has(String(port)) ? "provided port is already allocated" : undefined;
  }

  #nextPort(): number {
    const { nodePorts, random } = this.#options;
    // a port that a later line of the same Service asks for is not free either
    const asked = new Set(heldBy(this.#service));
    const isTaken = (port: number) => this.#taken.has(String(port)) || asked.has(String(port));
    const port = nodePorts.next(random, isTaken);
    if (port === undefined) throw internalError("failed to allocate a nodePort: range is full");
    this.#reserve(String(port));
    return port;
  }

  #reserve(what: string): string {
    this.reserved.push(what);
    this.#taken.add(what);
    return what;
  }

  #refuse(field: string, value: unknown, why: string) {
    const { name = "" } = this.#service.metadata;
    return invalidError({ group: "", kind: "Service" }, name, [invalid(field, value, why)]);
  }
}
