// Secret: confidential bytes.

import { aString, boolean, map, message, ref, someBytes, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const secret = message("io.k8s.api.core.v1.Secret", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  immutable: boolean(5).explicit(),
  data: map(2, someBytes),
  stringData: map(4, aString),
  type: string(3),
});
export interface Secret extends TypeOf<typeof secret> {
  metadata: ObjectMeta;
}
