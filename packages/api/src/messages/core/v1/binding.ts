// Binding: the scheduler's decision, posted to a pod's `binding` subresource.

import { message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { objectReference, type ObjectReference } from "./reference.ts";

export const binding = message("io.k8s.api.core.v1.Binding", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  target: ref<ObjectReference>(2, () => objectReference)
    .required()
    .default({}),
});
export interface Binding extends TypeOf<typeof binding> {
  metadata: ObjectMeta;
}
