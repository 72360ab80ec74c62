// The tables of endpoints and endpoint slices: three addresses, then how many more.

import type { Column } from "../kind.ts";
import type { EndpointSlice, EndpointSlicePort } from "../messages/discovery/v1/endpoint-slice.ts";
import type { EndpointSubset, Endpoints } from "../messages/core/v1/endpoints.ts";
import { column } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

const shown = 3;

export const endpointsColumns: readonly Column<Endpoints>[] = [
  nameColumn,
  column("Endpoints", "Ready addresses with ports", ({ subsets = [] }) =>
    listed(subsets.flatMap(hostPorts), subsets.length === 0 ? "<none>" : ""),
  ),
  ageColumn,
];

export const endpointSliceColumns: readonly Column<EndpointSlice>[] = [
  nameColumn,
  column("AddressType", "What kind of addresses", ({ addressType }) => addressType ?? ""),
  column("Ports", "Their ports", ({ ports }) => listed((ports ?? []).map(portText))),
  column("Endpoints", "The addresses", ({ endpoints }) =>
    listed((endpoints ?? []).flatMap(({ addresses }) => addresses)),
  ),
  ageColumn,
];

function hostPorts({ ports = [], addresses = [] }: EndpointSubset): string[] {
  const ips = addresses.map(({ ip }) => ip);
  if (ports.length === 0) return ips;
  return ports.flatMap(({ port }) =>
    ips.map((ip) => (ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`)),
  );
}

const portText = ({ port, name }: EndpointSlicePort) => (port ? String(port) : (name ?? "*"));

function listed(texts: readonly string[], none = "<unset>"): string {
  if (texts.length === 0) return none;
  const first = texts.slice(0, shown).join(",");
  return texts.length > shown ? `${first} + ${texts.length - shown} more...` : first;
}
