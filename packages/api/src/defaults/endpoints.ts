// What endpoints and endpoint slices get when nobody says.

import type { Endpoints } from "../messages/core/v1/endpoints.ts";
import type { EndpointSlice } from "../messages/discovery/v1/endpoint-slice.ts";

export function setEndpointsDefaults({ subsets }: Endpoints): void {
  for (const { ports } of subsets ?? []) for (const port of ports ?? []) port.protocol ||= "TCP";
}

export function setEndpointSliceDefaults({ ports, endpoints }: EndpointSlice): void {
  for (const port of ports ?? []) {
    port.name ??= "";
    port.protocol ??= "TCP";
  }
  for (const endpoint of endpoints ?? []) endpoint.conditions ??= {};
}
