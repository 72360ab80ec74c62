// Pod, and the template from which controllers make pods.

import { message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { podSpec, type PodSpec } from "./pod-spec.ts";
import { podStatus, type PodStatus } from "./pod-status.ts";

export const pod = message("io.k8s.api.core.v1.Pod", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<PodSpec>(2, () => podSpec).default({}),
  status: ref<PodStatus>(3, () => podStatus).default({}),
});
export interface Pod extends TypeOf<typeof pod> {
  metadata: ObjectMeta;
  spec: PodSpec;
}

export const podTemplateSpec = message("io.k8s.api.core.v1.PodTemplateSpec", {
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<PodSpec>(2, () => podSpec).default({}),
});
export interface PodTemplateSpec extends TypeOf<typeof podTemplateSpec> {
  spec: PodSpec;
}
