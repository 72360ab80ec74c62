// VolumeAttributesClass: qualities of volumes that can change while they live.

import { aString, map, message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const volumeAttributesClass = message("io.k8s.api.storage.v1.VolumeAttributesClass", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  driverName: string(2).required(),
  parameters: map(3, aString),
});
export interface VolumeAttributesClass extends TypeOf<typeof volumeAttributesClass> {
  metadata: ObjectMeta;
}
