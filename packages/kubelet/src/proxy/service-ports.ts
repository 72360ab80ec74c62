// Which pods answer for a service's ports: pure, from a service and its endpoint slices.
// @see kubernetes pkg/proxy/topology.go

import type { Endpoint, EndpointSlice, Service, ServicePort } from "@kubonsai/api";
import type { Address } from "../runtime/network/connection.ts";

export interface PortRoute {
  port: ServicePort;
  /** Ready ones; when there are none, those that still serve while they terminate. */
  targets: Address[];
  /** Set when a client keeps its target: how long it may stay away. */
  affinityMs?: number;
}

const DEFAULT_AFFINITY_SECONDS = 10_800;

export function portRoutes({ spec }: Service, slices: readonly EndpointSlice[]): PortRoute[] {
  const { sessionAffinity, sessionAffinityConfig, ports = [] } = spec;
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS;
  const affinity = sessionAffinity === "ClientIP" ? { affinityMs: seconds * 1000 } : {};
  return ports.map((port) => ({ port, targets: targetsOf(port, slices), ...affinity }));
}

function targetsOf(servicePort: ServicePort, slices: readonly EndpointSlice[]): Address[] {
  const ready: Address[] = [];
  const leaving: Address[] = [];
  for (const { endpoints = [], ports = [] } of slices) {
    const port = ports.find(({ name }) => (name ?? "") === (servicePort.name ?? ""))?.port;
    if (port === undefined) continue;
    for (const endpoint of endpoints) {
      const addresses = endpoint.addresses.map((ip) => ({ ip, port }));
      if (isReady(endpoint)) ready.push(...addresses);
      else if (isServingLast(endpoint)) leaving.push(...addresses);
    }
  }
  return ready.length > 0 ? ready : leaving;
}

/** A slice that does not say counts as ready. */
export const isReady = ({ conditions }: Endpoint) => conditions?.ready !== false;

const isServingLast = ({ conditions }: Endpoint) =>
  conditions?.serving === true && conditions.terminating === true;
