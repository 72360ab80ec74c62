// CSIStorageCapacity: how much a driver has left in a part of the cluster.

import { message, quantity, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const csiStorageCapacity = message("io.k8s.api.storage.v1.CSIStorageCapacity", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  nodeTopology: ref<LabelSelector>(2, () => labelSelector),
  storageClassName: string(3).required(),
  capacity: quantity(4),
  maximumVolumeSize: quantity(5),
});
export interface CSIStorageCapacity extends TypeOf<typeof csiStorageCapacity> {
  metadata: ObjectMeta;
}
