// What the API makes of an endpoint slice before it is validated and stored.
// @see kubernetes pkg/registry/discovery/endpointslice/strategy.go

import { semanticEqual } from "../equality/semantic-equal.ts";
import type { EndpointSlice } from "../messages/discovery/v1/endpoint-slice.ts";
import { countGeneration } from "./status.ts";

export function prepareEndpointSliceForCreate(slice: EndpointSlice): void {
  slice.metadata.generation = 1;
}

export function prepareEndpointSliceForUpdate(slice: EndpointSlice, old: EndpointSlice): void {
  const members = ["addressType", "endpoints", "ports"] as const;
  const isChanged =
    members.some((member) => !semanticEqual(slice[member], old[member])) ||
    !semanticEqual(slice.metadata.labels ?? {}, old.metadata.labels ?? {});
  countGeneration(slice, old, isChanged);
}
