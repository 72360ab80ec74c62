// PodTemplate: a template kept by itself.

import { message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { podTemplateSpec, type PodTemplateSpec } from "./pod.ts";

export const podTemplate = message("io.k8s.api.core.v1.PodTemplate", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  template: ref<PodTemplateSpec>(2, () => podTemplateSpec).default({}),
});
export interface PodTemplate extends TypeOf<typeof podTemplate> {
  metadata: ObjectMeta;
}
