// ObjectMeta: what every stored object says of itself.

import {
  int64,
  list,
  map,
  of,
  aString,
  message,
  raw,
  string,
  boolean,
  time,
} from "../schema/schema.ts";
import type { TypeOf } from "../schema/schema.ts";

export const ownerReference = message(
  "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference",
  {
    apiVersion: string(5).required(),
    kind: string(1).required(),
    name: string(3).required(),
    uid: string(4).required(),
    controller: boolean(6).explicit(),
    blockOwnerDeletion: boolean(7).explicit(),
  },
  { mapType: "atomic" },
);
export interface OwnerReference extends TypeOf<typeof ownerReference> {}

export const managedFieldsEntry = message(
  "io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry",
  {
    manager: string(1),
    operation: string(2),
    apiVersion: string(3),
    time: time(4),
    fieldsType: string(6),
    fieldsV1: raw<{ [name: string]: unknown }>(7, "FieldsV1"),
    subresource: string(8),
  },
);
export interface ManagedFieldsEntry extends TypeOf<typeof managedFieldsEntry> {}

export const objectMeta = message("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", {
  name: string(1),
  generateName: string(2),
  namespace: string(3),
  selfLink: string(4),
  uid: string(5),
  resourceVersion: string(6),
  generation: int64(7),
  creationTimestamp: time(8),
  deletionTimestamp: time(9),
  deletionGracePeriodSeconds: int64(10).explicit(),
  labels: map(11, aString),
  annotations: map(12, aString),
  ownerReferences: list(
    13,
    of<OwnerReference>(() => ownerReference),
  )
    .listMap("uid")
    .merge("uid"),
  finalizers: list(14, aString).listSet().merge(),
  // An empty list given by a client forgets all managers.
  managedFields: list(
    17,
    of<ManagedFieldsEntry>(() => managedFieldsEntry),
  )
    .atomic()
    .explicit(),
});
export interface ObjectMeta extends TypeOf<typeof objectMeta> {}
