// Lease: who leads, or that a node is alive.

import { int32, message, microTime, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const lease = message("io.k8s.api.coordination.v1.Lease", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<LeaseSpec>(2, () => leaseSpec).default({}),
});
export interface Lease extends TypeOf<typeof lease> {
  metadata: ObjectMeta;
}

export const leaseSpec = message("io.k8s.api.coordination.v1.LeaseSpec", {
  holderIdentity: string(1).explicit(),
  leaseDurationSeconds: int32(2).explicit(),
  acquireTime: microTime(3),
  renewTime: microTime(4),
  leaseTransitions: int32(5).explicit(),
  strategy: string(6).explicit(),
  preferredHolder: string(7).explicit(),
});
export interface LeaseSpec extends TypeOf<typeof leaseSpec> {}
