// StorageClass: how volumes of a class are made.

import { aString, boolean, list, map, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import {
  topologySelectorTerm,
  type TopologySelectorTerm,
} from "../../core/v1/topology-selector.ts";

export const storageClass = message("io.k8s.api.storage.v1.StorageClass", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  provisioner: string(2).required(),
  parameters: map(3, aString),
  reclaimPolicy: string(4).oneOf("Delete", "Recycle", "Retain").explicit(),
  mountOptions: list(5, aString).atomic(),
  allowVolumeExpansion: boolean(6).explicit(),
  volumeBindingMode: string(7).oneOf("Immediate", "WaitForFirstConsumer").explicit(),
  allowedTopologies: list(
    8,
    of<TopologySelectorTerm>(() => topologySelectorTerm),
  ).atomic(),
});
export interface StorageClass extends TypeOf<typeof storageClass> {
  metadata: ObjectMeta;
}
