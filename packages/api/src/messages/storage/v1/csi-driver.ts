// CSIDriver: what a storage driver can do.

import { aString, boolean, int64, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const csiDriver = message("io.k8s.api.storage.v1.CSIDriver", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<CSIDriverSpec>(2, () => csiDriverSpec)
    .required()
    .default({}),
});
export interface CSIDriver extends TypeOf<typeof csiDriver> {
  metadata: ObjectMeta;
}

export const csiDriverSpec = message("io.k8s.api.storage.v1.CSIDriverSpec", {
  attachRequired: boolean(1).explicit(),
  podInfoOnMount: boolean(2).explicit(),
  volumeLifecycleModes: list(3, aString).listSet(),
  storageCapacity: boolean(4).explicit(),
  fsGroupPolicy: string(5).explicit(),
  tokenRequests: list(
    6,
    of<CSITokenRequest>(() => csiTokenRequest),
  ).atomic(),
  requiresRepublish: boolean(7).explicit(),
  seLinuxMount: boolean(8).explicit(),
  nodeAllocatableUpdatePeriodSeconds: int64(9).explicit(),
  serviceAccountTokenInSecrets: boolean(10).explicit(),
  preventPodSchedulingIfMissing: boolean(11).explicit(),
});
export interface CSIDriverSpec extends TypeOf<typeof csiDriverSpec> {}

export const csiTokenRequest = message("io.k8s.api.storage.v1.TokenRequest", {
  audience: string(1).required(),
  expirationSeconds: int64(2).explicit(),
});
export interface CSITokenRequest extends TypeOf<typeof csiTokenRequest> {}
