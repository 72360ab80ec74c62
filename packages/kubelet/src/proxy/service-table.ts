// The cluster's services as the virtual network asks for them: addresses and names. Kept up to date
// service by service.

import type { EndpointSlice, Service } from "@kubonsai/api";
import { integerBelow, type Clock, type Random } from "@kubonsai/clock";
import type { Address } from "../runtime/network/connection.ts";
import type { ServiceTable } from "../runtime/network/services.ts";
import { isReady, portRoutes, type PortRoute } from "./service-ports.ts";
import { SessionAffinity } from "./session-affinity.ts";

const DOMAIN = "cluster.local";
const MOST_ALIASES = 8;

export interface KnownService {
  service: Service;
  slices: readonly EndpointSlice[];
  routes: PortRoute[];
}

export class LiveServiceTable implements ServiceTable {
  readonly #random: Random;
  readonly #affinity: SessionAffinity;
  /** By `namespace/name`. */
  readonly #services = new Map<string, KnownService>();
  /** By `ip:port`. */
  readonly #routes = new Map<string, { key: string; route: PortRoute }>();
  readonly #addresses = new Set<string>();

  constructor({ clock, random }: { clock: Clock; random: Random }) {
    this.#random = random;
    this.#affinity = new SessionAffinity(clock);
  }

  get(key: string): KnownService | undefined {
    return this.#services.get(key);
  }

  set(key: string, service: Service, slices: readonly EndpointSlice[]): KnownService {
    this.delete(key);
    const known = { service, slices, routes: portRoutes(service, slices) };
    this.#services.set(key, known);
    for (const ip of clusterIPs(service)) {
      this.#addresses.add(ip);
      for (const route of known.routes) {
        this.#routes.set(`${ip}:${route.port.port}`, { key, route });
      }
    }
    return known;
  }

  delete(key: string): void {
    const known = this.#services.get(key);
    if (!known) return;
    this.#services.delete(key);
    for (const ip of clusterIPs(known.service)) {
      this.#addresses.delete(ip);
      for (const { port } of known.routes) this.#routes.delete(`${ip}:${port.port}`);
    }
  }

  route(ip: string, port: number, source: Address): Address | "refused" | undefined {
    const found = this.#routes.get(`${ip}:${port}`);
    if (!found) return this.#addresses.has(ip) ? "refused" : undefined;
    return this.pick(found.key, found.route, source.ip) ?? "refused";
  }

  /** One of a port's targets: by chance, or the one that the client had before. */
  pick(key: string, route: PortRoute, clientIp: string): Address | undefined {
    const { targets, affinityMs, port } = route;
    const pick = () => targets[integerBelow(this.#random, targets.length)];
    if (affinityMs === undefined) return pick();
    const client = `${key} ${port.port} ${clientIp}`;
    return this.#affinity.choose(client, { targets, timeoutMs: affinityMs, pick });
  }

  resolve(name: string): string[] | undefined {
    return this.#resolve(name, 0);
  }

  /** `[HOST.]SERVICE.NAMESPACE.svc.cluster.local` */
  #resolve(name: string, aliases: number): string[] | undefined {
    const parts = name.toLowerCase().replace(/\.$/, "").split(".");
    if (parts.slice(-3).join(".") !== `svc.${DOMAIN}`) return undefined;
    const [namespace, service, ...rest] = parts.slice(0, -3).reverse();
    const known = this.#services.get(`${namespace}/${service}`);
    if (!known || rest.length > 1) return undefined;
    const { spec } = known.service;
    if (spec.type === "ExternalName") {
      return aliases < MOST_ALIASES
        ? this.#resolve(spec.externalName ?? "", aliases + 1)
        : undefined;
    }
    if (spec.clusterIP !== "None") return rest.length === 0 ? clusterIPs(known.service) : undefined;
    const found = endpointIPs(known, rest[0]);
    return found.length > 0 ? found : undefined;
  }
}

/** A headless service's own addresses, or those of one named endpoint. */
function endpointIPs({ service, slices }: KnownService, hostname: string | undefined): string[] {
  const all = slices.flatMap(({ endpoints = [] }) => endpoints);
  return all
    .filter((one) => hostname === undefined || one.hostname === hostname)
    .filter((one) => isReady(one) || service.spec.publishNotReadyAddresses)
    .flatMap(({ addresses }) => addresses);
}

const clusterIPs = ({ spec }: Service) =>
  (spec.clusterIPs ?? [spec.clusterIP ?? ""]).filter((ip) => ip !== "" && ip !== "None");
