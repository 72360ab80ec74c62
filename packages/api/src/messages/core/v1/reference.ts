// How objects name other objects.

import { message, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";

export const objectReference = message(
  "io.k8s.api.core.v1.ObjectReference",
  {
    kind: string(1),
    namespace: string(2),
    name: string(3),
    uid: string(4),
    apiVersion: string(5),
    resourceVersion: string(6),
    fieldPath: string(7),
  },
  { mapType: "atomic" },
);
export interface ObjectReference extends TypeOf<typeof objectReference> {}

export const localObjectReference = message(
  "io.k8s.api.core.v1.LocalObjectReference",
  {
    name: string(1),
  },
  { mapType: "atomic" },
);
export interface LocalObjectReference extends TypeOf<typeof localObjectReference> {}

export const typedLocalObjectReference = message(
  "io.k8s.api.core.v1.TypedLocalObjectReference",
  {
    apiGroup: string(1).explicit(),
    kind: string(2).required(),
    name: string(3).required(),
  },
  { mapType: "atomic" },
);
export interface TypedLocalObjectReference extends TypeOf<typeof typedLocalObjectReference> {}

export const typedObjectReference = message("io.k8s.api.core.v1.TypedObjectReference", {
  apiGroup: string(1).explicit(),
  kind: string(2).required(),
  name: string(3).required(),
  namespace: string(4).explicit(),
});
export interface TypedObjectReference extends TypeOf<typeof typedObjectReference> {}
