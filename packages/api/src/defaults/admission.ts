// What webhooks and admission policies get when their manifests do not say.
// @see kubernetes pkg/apis/admissionregistration/v1/defaults.go

import type { MatchResources } from "../messages/admissionregistration/v1/match-resources.ts";
import type { MutatingAdmissionPolicyBinding } from "../messages/admissionregistration/v1/mutating-admission-policy-binding.ts";
import type { MutatingAdmissionPolicy } from "../messages/admissionregistration/v1/mutating-admission-policy.ts";
import type { MutatingWebhookConfiguration } from "../messages/admissionregistration/v1/mutating-webhook-configuration.ts";
import type { ValidatingAdmissionPolicyBinding } from "../messages/admissionregistration/v1/validating-admission-policy-binding.ts";
import type { ValidatingAdmissionPolicy } from "../messages/admissionregistration/v1/validating-admission-policy.ts";
import type {
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from "../messages/admissionregistration/v1/validating-webhook-configuration.ts";

export function setValidatingWebhookDefaults({ webhooks }: ValidatingWebhookConfiguration): void {
  webhooks?.forEach(setWebhookDefaults);
}

export function setMutatingWebhookDefaults({ webhooks }: MutatingWebhookConfiguration): void {
  for (const webhook of webhooks ?? []) {
    setWebhookDefaults(webhook);
    webhook.reinvocationPolicy ??= "Never";
  }
}

type Webhook = Omit<ValidatingWebhook, "valueType">;

function setWebhookDefaults(webhook: Webhook): void {
  webhook.failurePolicy ??= "Fail";
  webhook.matchPolicy ??= "Equivalent";
  webhook.namespaceSelector ??= {};
  webhook.objectSelector ??= {};
  webhook.timeoutSeconds ??= 10;
  if (webhook.clientConfig?.service) webhook.clientConfig.service.port ??= 443;
  for (const rule of webhook.rules ?? []) rule.scope ??= "*";
}

export function setPolicyDefaults({
  spec,
}: ValidatingAdmissionPolicy | MutatingAdmissionPolicy): void {
  spec.failurePolicy ??= "Fail";
  setMatchDefaults(spec.matchConstraints);
}

export function setPolicyBindingDefaults({
  spec,
}: ValidatingAdmissionPolicyBinding | MutatingAdmissionPolicyBinding): void {
  setMatchDefaults(spec.matchResources);
}

function setMatchDefaults(match: MatchResources | undefined): void {
  if (!match) return;
  match.matchPolicy ??= "Equivalent";
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  const rules = [...(match.resourceRules ?? []), ...(match.excludeResourceRules ?? [])];
  for (const rule of rules) rule.scope ??= "*";
}
