// What webhooks and policies share: where to call, and for which requests.

import { aString, bytes, int32, list, message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";

export const webhookClientConfig = message(
  "io.k8s.api.admissionregistration.v1.WebhookClientConfig",
  {
    url: string(3).explicit(),
    service: ref<ServiceReference>(1, () => serviceReference),
    caBundle: bytes(2),
  },
);
export interface WebhookClientConfig extends TypeOf<typeof webhookClientConfig> {}

export const serviceReference = message("io.k8s.api.admissionregistration.v1.ServiceReference", {
  namespace: string(1).required(),
  name: string(2).required(),
  path: string(3).explicit(),
  port: int32(4).explicit(),
});
export interface ServiceReference extends TypeOf<typeof serviceReference> {}

export const ruleWithOperations = message(
  "io.k8s.api.admissionregistration.v1.RuleWithOperations",
  {
    operations: list(1, aString).atomic(),
    apiGroups: list(1, aString).atomic(),
    apiVersions: list(2, aString).atomic(),
    resources: list(3, aString).atomic(),
    scope: string(4).oneOf("*", "Cluster", "Namespaced").explicit(),
  },
  {
    embedded: [
      { name: "rule", number: 2, fields: ["apiGroups", "apiVersions", "resources", "scope"] },
    ],
  },
);
export interface RuleWithOperations extends TypeOf<typeof ruleWithOperations> {}

export const matchCondition = message("io.k8s.api.admissionregistration.v1.MatchCondition", {
  name: string(1).required(),
  expression: string(2).required(),
});
export interface MatchCondition extends TypeOf<typeof matchCondition> {}
