// EndpointSlice: a part of the addresses behind a service.

import {
  aString,
  boolean,
  int32,
  list,
  map,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { objectReference, type ObjectReference } from "../../core/v1/reference.ts";

export const endpointSlice = message("io.k8s.api.discovery.v1.EndpointSlice", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  addressType: string(4).oneOf("FQDN", "IPv4", "IPv6").required(),
  endpoints: list(
    2,
    of<Endpoint>(() => endpoint),
  ).atomic(),
  ports: list(
    3,
    of<EndpointSlicePort>(() => endpointSlicePort),
  ).atomic(),
});
export interface EndpointSlice extends TypeOf<typeof endpointSlice> {
  metadata: ObjectMeta;
}

export const endpoint = message("io.k8s.api.discovery.v1.Endpoint", {
  addresses: list(1, aString).listSet().required(),
  conditions: ref<EndpointConditions>(2, () => endpointConditions).default({}),
  hostname: string(3).explicit(),
  targetRef: ref<ObjectReference>(4, () => objectReference),
  deprecatedTopology: map(5, aString),
  nodeName: string(6).explicit(),
  zone: string(7).explicit(),
  hints: ref<EndpointHints>(8, () => endpointHints),
});
export interface Endpoint extends TypeOf<typeof endpoint> {}

export const endpointConditions = message("io.k8s.api.discovery.v1.EndpointConditions", {
  ready: boolean(1).explicit(),
  serving: boolean(2).explicit(),
  terminating: boolean(3).explicit(),
});
export interface EndpointConditions extends TypeOf<typeof endpointConditions> {}

export const endpointHints = message("io.k8s.api.discovery.v1.EndpointHints", {
  forZones: list(
    1,
    of<ForZone>(() => forZone),
  ).atomic(),
  forNodes: list(
    2,
    of<ForNode>(() => forNode),
  ).atomic(),
});
export interface EndpointHints extends TypeOf<typeof endpointHints> {}

export const forZone = message("io.k8s.api.discovery.v1.ForZone", {
  name: string(1).required(),
});
export interface ForZone extends TypeOf<typeof forZone> {}

export const forNode = message("io.k8s.api.discovery.v1.ForNode", {
  name: string(1).required(),
});
export interface ForNode extends TypeOf<typeof forNode> {}

export const endpointSlicePort = message(
  "io.k8s.api.discovery.v1.EndpointPort",
  {
    name: string(1).explicit(),
    protocol: string(2).oneOf("SCTP", "TCP", "UDP").explicit(),
    port: int32(3).explicit(),
    appProtocol: string(4).explicit(),
  },
  { mapType: "atomic" },
);
export interface EndpointSlicePort extends TypeOf<typeof endpointSlicePort> {}
