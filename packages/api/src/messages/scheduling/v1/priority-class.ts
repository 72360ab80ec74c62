// PriorityClass: how important pods are.

import { boolean, int32, message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const priorityClass = message("io.k8s.api.scheduling.v1.PriorityClass", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  value: int32(2),
  globalDefault: boolean(3),
  description: string(4),
  preemptionPolicy: string(5).oneOf("Never", "PreemptLowerPriority").explicit(),
});
export interface PriorityClass extends TypeOf<typeof priorityClass> {
  metadata: ObjectMeta;
}
