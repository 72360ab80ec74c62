// ServiceCIDR: ranges that services take their addresses from.

import { aString, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { condition, type Condition } from "../../../metadata/condition.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const serviceCIDR = message("io.k8s.api.networking.v1.ServiceCIDR", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<ServiceCIDRSpec>(2, () => serviceCIDRSpec).default({}),
  status: ref<ServiceCIDRStatus>(3, () => serviceCIDRStatus).default({}),
});
export interface ServiceCIDR extends TypeOf<typeof serviceCIDR> {
  metadata: ObjectMeta;
  spec: ServiceCIDRSpec;
}

export const serviceCIDRSpec = message("io.k8s.api.networking.v1.ServiceCIDRSpec", {
  cidrs: list(1, aString).atomic(),
});
export interface ServiceCIDRSpec extends TypeOf<typeof serviceCIDRSpec> {}

export const serviceCIDRStatus = message("io.k8s.api.networking.v1.ServiceCIDRStatus", {
  conditions: list(
    1,
    of<Condition>(() => condition),
  )
    .listMap("type")
    .merge("type"),
});
export interface ServiceCIDRStatus extends TypeOf<typeof serviceCIDRStatus> {}
