// Scale: the body of every `scale` subresource.

import { int32, message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const scale = message("io.k8s.api.autoscaling.v1.Scale", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<ScaleSpec>(2, () => scaleSpec).default({}),
  status: ref<ScaleStatus>(3, () => scaleStatus).default({}),
});
export interface Scale extends TypeOf<typeof scale> {
  metadata: ObjectMeta;
  spec: ScaleSpec;
}

export const scaleSpec = message("io.k8s.api.autoscaling.v1.ScaleSpec", {
  replicas: int32(1),
});
export interface ScaleSpec extends TypeOf<typeof scaleSpec> {}

export const scaleStatus = message("io.k8s.api.autoscaling.v1.ScaleStatus", {
  replicas: int32(1).required(),
  selector: string(2),
});
export interface ScaleStatus extends TypeOf<typeof scaleStatus> {}
