// kube-proxy in miniature: Services and EndpointSlices become routes in the virtual network and
// listeners for node ports.

import type { EndpointSlice, Service } from "@kubonsai/api";
import { keyOf, type Informer, type Logger } from "@kubonsai/client";
import type { Clock, Random } from "@kubonsai/clock";
import type { ClusterNetwork } from "../runtime/index.ts";
import { NodePort } from "./node-port.ts";
import { LiveServiceTable, type KnownService } from "./service-table.ts";

export interface ProxyOptions {
  services: Informer<Service>;
  /** Indexed by `service`: see `serviceOf`. */
  slices: Informer<EndpointSlice>;
  network: ClusterNetwork;
  /** Where node ports are opened. */
  address: string;
  clock: Clock;
  random: Random;
  log: Logger;
}

export class Proxy {
  readonly #options: ProxyOptions;
  readonly #table: LiveServiceTable;
  /** By service, then by node port. */
  readonly #nodePorts = new Map<string, Map<number, NodePort>>();

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#table = new LiveServiceTable(options);
    options.network.setServices(this.#table);
    const update = (service: Service) => this.#update(keyOf(service));
    options.services.on({ added: update, updated: update, deleted: update });
    const follow = (slice: EndpointSlice) => this.#update(serviceOf(slice)[0] ?? "");
    options.slices.on({ added: follow, updated: follow, deleted: follow });
  }

  stop(): void {
    for (const ports of this.#nodePorts.values()) for (const port of ports.values()) port.destroy();
    this.#nodePorts.clear();
  }

  #update(key: string): void {
    const { services, slices } = this.#options;
    const [namespace = "", name = ""] = key.split("/");
    const service = services.get(namespace, name);
    if (!service) {
      this.#table.delete(key);
      this.#closePorts(key, new Set());
      return;
    }
    this.#openPorts(key, this.#table.set(key, service, slices.byIndex("service", key)));
  }

  #openPorts(key: string, { routes }: KnownService): void {
    const ports = this.#nodePorts.get(key) ?? new Map<number, NodePort>();
    this.#nodePorts.set(key, ports);
    const wanted = new Set<number>();
    for (const { port, targets } of routes) {
      if (!port.nodePort || (port.protocol ?? "TCP") !== "TCP") continue;
      wanted.add(port.nodePort);
      const listener = ports.get(port.nodePort) ?? this.#nodePort(key, port.nodePort);
      ports.set(port.nodePort, listener);
      if (targets.length > 0) listener.open();
      else listener.close();
    }
    this.#closePorts(key, wanted);
  }

  #nodePort(key: string, port: number): NodePort {
    const { address, network, clock, log } = this.#options;
    const target = (clientIp: string) => {
      const route = this.#table.get(key)?.routes.find((one) => one.port.nodePort === port);
      return route && this.#table.pick(key, route, clientIp);
    };
    return new NodePort({ address, port, network, clock, log, target });
  }

  #closePorts(key: string, wanted: ReadonlySet<number>): void {
    const ports = this.#nodePorts.get(key);
    for (const [number, port] of ports ?? []) {
      if (wanted.has(number)) continue;
      port.close();
      ports?.delete(number);
    }
    if (ports?.size === 0) this.#nodePorts.delete(key);
  }
}

/** The service that a slice belongs to, as `namespace/name`: the informer's index. */
export function serviceOf({ metadata }: EndpointSlice): string[] {
  const name = metadata.labels?.["kubernetes.io/service-name"];
  return name ? [`${metadata.namespace}/${name}`] : [];
}
