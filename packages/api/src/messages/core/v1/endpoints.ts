// Endpoints: the addresses behind a service, all in one object.

import { int32, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { objectReference, type ObjectReference } from "./reference.ts";

export const endpoints = message("io.k8s.api.core.v1.Endpoints", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  subsets: list(
    2,
    of<EndpointSubset>(() => endpointSubset),
  ).atomic(),
});
export interface Endpoints extends TypeOf<typeof endpoints> {
  metadata: ObjectMeta;
}

export const endpointSubset = message("io.k8s.api.core.v1.EndpointSubset", {
  addresses: list(
    1,
    of<EndpointAddress>(() => endpointAddress),
  ).atomic(),
  notReadyAddresses: list(
    2,
    of<EndpointAddress>(() => endpointAddress),
  ).atomic(),
  ports: list(
    3,
    of<EndpointPort>(() => endpointPort),
  ).atomic(),
});
export interface EndpointSubset extends TypeOf<typeof endpointSubset> {}

export const endpointAddress = message(
  "io.k8s.api.core.v1.EndpointAddress",
  {
    ip: string(1).required(),
    hostname: string(3),
    nodeName: string(4).explicit(),
    targetRef: ref<ObjectReference>(2, () => objectReference),
  },
  { mapType: "atomic" },
);
export interface EndpointAddress extends TypeOf<typeof endpointAddress> {}

export const endpointPort = message(
  "io.k8s.api.core.v1.EndpointPort",
  {
    name: string(1),
    port: int32(2).required(),
    protocol: string(3).oneOf("SCTP", "TCP", "UDP"),
    appProtocol: string(4).explicit(),
  },
  { mapType: "atomic" },
);
export interface EndpointPort extends TypeOf<typeof endpointPort> {}
