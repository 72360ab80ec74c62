// ControllerRevision: a template as it was, to roll back to.

import { int64, message, raw, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const controllerRevision = message("io.k8s.api.apps.v1.ControllerRevision", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  data: raw<{ [name: string]: unknown }>(2, "RawExtension"),
  revision: int64(3).required(),
});
export interface ControllerRevision extends TypeOf<typeof controllerRevision> {
  metadata: ObjectMeta;
}
