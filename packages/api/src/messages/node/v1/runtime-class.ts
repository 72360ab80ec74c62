// RuntimeClass: by which runtime the containers of a pod are run.

import { aQuantity, aString, list, map, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { toleration, type Toleration } from "../../core/v1/pod-spec.ts";

export const runtimeClass = message("io.k8s.api.node.v1.RuntimeClass", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  handler: string(2).required(),
  overhead: ref<Overhead>(3, () => overhead),
  scheduling: ref<Scheduling>(4, () => scheduling),
});
export interface RuntimeClass extends TypeOf<typeof runtimeClass> {
  metadata: ObjectMeta;
}

export const overhead = message("io.k8s.api.node.v1.Overhead", {
  podFixed: map(1, aQuantity),
});
export interface Overhead extends TypeOf<typeof overhead> {}

export const scheduling = message("io.k8s.api.node.v1.Scheduling", {
  nodeSelector: map(1, aString).atomic(),
  tolerations: list(
    2,
    of<Toleration>(() => toleration),
  ).atomic(),
});
export interface Scheduling extends TypeOf<typeof scheduling> {}
