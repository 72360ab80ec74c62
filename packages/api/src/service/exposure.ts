// Where a service can be reached from.

import type { ServiceSpec } from "../messages/core/v1/service.ts";

/** From outside the cluster: by node port, load balancer or external address. */
export const isExternallyAccessible = ({ type, externalIPs }: ServiceSpec): boolean =>
  type === "LoadBalancer" ||
  type === "NodePort" ||
  (type === "ClusterIP" && (externalIPs ?? []).length > 0);

/** A service without address of its own: names resolve to its pods. */
export const isHeadless = ({ clusterIP }: ServiceSpec): boolean => clusterIP === "None";
