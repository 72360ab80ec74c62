// IngressClass: which controller answers for ingresses.

import { message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const ingressClass = message("io.k8s.api.networking.v1.IngressClass", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<IngressClassSpec>(2, () => ingressClassSpec).default({}),
});
export interface IngressClass extends TypeOf<typeof ingressClass> {
  metadata: ObjectMeta;
  spec: IngressClassSpec;
}

export const ingressClassSpec = message("io.k8s.api.networking.v1.IngressClassSpec", {
  controller: string(1),
  parameters: ref<IngressClassParametersReference>(2, () => ingressClassParametersReference),
});
export interface IngressClassSpec extends TypeOf<typeof ingressClassSpec> {}

export const ingressClassParametersReference = message(
  "io.k8s.api.networking.v1.IngressClassParametersReference",
  {
    apiGroup: string(1).explicit(),
    kind: string(2).required(),
    name: string(3).required(),
    scope: string(4).explicit(),
    namespace: string(5).explicit(),
  },
);
export interface IngressClassParametersReference extends TypeOf<
  typeof ingressClassParametersReference
> {}
