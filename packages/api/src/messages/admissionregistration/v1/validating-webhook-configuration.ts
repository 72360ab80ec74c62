// ValidatingWebhookConfiguration: webhooks that judge objects.

import { aString, int32, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import {
  matchCondition,
  type MatchCondition,
  ruleWithOperations,
  type RuleWithOperations,
  webhookClientConfig,
  type WebhookClientConfig,
} from "./webhook.ts";

export const validatingWebhookConfiguration = message(
  "io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    webhooks: list(
      2,
      of<ValidatingWebhook>(() => validatingWebhook),
    )
      .listMap("name")
      .merge("name"),
  },
);
export interface ValidatingWebhookConfiguration extends TypeOf<
  typeof validatingWebhookConfiguration
> {
  metadata: ObjectMeta;
}

export const validatingWebhook = message("io.k8s.api.admissionregistration.v1.ValidatingWebhook", {
  name: string(1).required(),
  clientConfig: ref<WebhookClientConfig>(2, () => webhookClientConfig)
    .required()
    .default({}),
  rules: list(
    3,
    of<RuleWithOperations>(() => ruleWithOperations),
  ).atomic(),
  failurePolicy: string(4).oneOf("Fail", "Ignore").explicit(),
  matchPolicy: string(9).oneOf("Equivalent", "Exact").explicit(),
  namespaceSelector: ref<LabelSelector>(5, () => labelSelector),
  objectSelector: ref<LabelSelector>(10, () => labelSelector),
  sideEffects: string(6).oneOf("None", "NoneOnDryRun", "Some", "Unknown").required().explicit(),
  timeoutSeconds: int32(7).explicit(),
  admissionReviewVersions: list(8, aString).atomic().required(),
  matchConditions: list(
    11,
    of<MatchCondition>(() => matchCondition),
  )
    .listMap("name")
    .merge("name"),
});
export interface ValidatingWebhook extends TypeOf<typeof validatingWebhook> {}
