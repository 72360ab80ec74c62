// Eviction: posted to a pod's `eviction` subresource.

import { message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { deleteOptions, type DeleteOptions } from "../../../metadata/delete-options.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const eviction = message("io.k8s.api.policy.v1.Eviction", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  deleteOptions: ref<DeleteOptions>(2, () => deleteOptions),
});
export interface Eviction extends TypeOf<typeof eviction> {
  metadata: ObjectMeta;
}
