// ConfigMap: configuration for pods, as text and bytes.

import { aString, boolean, map, message, ref, someBytes, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const configMap = message("io.k8s.api.core.v1.ConfigMap", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  immutable: boolean(4).explicit(),
  data: map(2, aString),
  binaryData: map(3, someBytes),
});
export interface ConfigMap extends TypeOf<typeof configMap> {
  metadata: ObjectMeta;
}
