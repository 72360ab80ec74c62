// ClusterIP routing and cluster DNS as data: whoever watches Services and EndpointSlices hands in a
// table, the network asks it.

import type { Address } from "./connection.ts";

export interface ServiceTable {
  /**
   * Where a connection to a service address goes.
   * @returns undefined when no service has this address and port; `refused` when it has no endpoints
   */
  route(ip: string, port: number, source: Address): Address | "refused" | undefined;
  /** Addresses of a full name such as `web.default.svc.cluster.local`; undefined: no such name. */
  resolve(name: string): string[] | undefined;
}

export const NO_SERVICES: ServiceTable = {
  route: () => undefined,
  resolve: () => undefined,
};
