// What the type of a Service asks for.

import type { Service } from "@kubonsai/api";

export const HEADLESS = "None";

/** An ExternalName Service is a name only; a headless one is its pods' addresses. */
export function hasClusterIp(service: Service): boolean {
  return needsClusterIp(service) && service.spec.clusterIPs?.[0] !== HEADLESS;
}

/** `None` counts as an address. */
export function needsClusterIp({ spec }: Service): boolean {
  return spec.type !== "ExternalName";
}

/** May hold node ports, if only those that it asks for. */
export function usesNodePorts({ spec }: Service): boolean {
  return spec.type === "NodePort" || spec.type === "LoadBalancer";
}

/** Gets a node port for every port. */
export function needsNodePorts({ spec }: Service): boolean {
  if (spec.type === "NodePort") return true;
  return spec.type === "LoadBalancer" && (spec.allocateLoadBalancerNodePorts ?? true);
}

export function needsHealthCheckPort({ spec }: Service): boolean {
  return spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";
}
