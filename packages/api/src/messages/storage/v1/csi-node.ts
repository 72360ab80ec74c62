// CSINode: the storage drivers of a node.

import { aString, int32, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const csiNode = message("io.k8s.api.storage.v1.CSINode", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<CSINodeSpec>(2, () => csiNodeSpec)
    .required()
    .default({}),
});
export interface CSINode extends TypeOf<typeof csiNode> {
  metadata: ObjectMeta;
}

export const csiNodeSpec = message("io.k8s.api.storage.v1.CSINodeSpec", {
  drivers: list(
    1,
    of<CSINodeDriver>(() => csiNodeDriver),
  )
    .listMap("name")
    .merge("name")
    .required(),
});
export interface CSINodeSpec extends TypeOf<typeof csiNodeSpec> {}

export const csiNodeDriver = message("io.k8s.api.storage.v1.CSINodeDriver", {
  name: string(1).required(),
  nodeID: string(2).required(),
  topologyKeys: list(3, aString).atomic(),
  allocatable: ref<VolumeNodeResources>(4, () => volumeNodeResources),
});
export interface CSINodeDriver extends TypeOf<typeof csiNodeDriver> {}

export const volumeNodeResources = message("io.k8s.api.storage.v1.VolumeNodeResources", {
  count: int32(1).explicit(),
});
export interface VolumeNodeResources extends TypeOf<typeof volumeNodeResources> {}
