// IPAddress: an address and the object that has it.

import { message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const ipAddress = message("io.k8s.api.networking.v1.IPAddress", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<IPAddressSpec>(2, () => ipAddressSpec)
    .required()
    .default({}),
});
export interface IPAddress extends TypeOf<typeof ipAddress> {
  metadata: ObjectMeta;
}

export const ipAddressSpec = message("io.k8s.api.networking.v1.IPAddressSpec", {
  parentRef: ref<ParentReference>(1, () => parentReference).required(),
});
export interface IPAddressSpec extends TypeOf<typeof ipAddressSpec> {}

export const parentReference = message("io.k8s.api.networking.v1.ParentReference", {
  group: string(1),
  resource: string(2).required(),
  namespace: string(3),
  name: string(4).required(),
});
export interface ParentReference extends TypeOf<typeof parentReference> {}
