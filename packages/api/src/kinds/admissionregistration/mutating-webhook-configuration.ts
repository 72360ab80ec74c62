// MutatingWebhookConfiguration: webhooks that change objects.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { webhookColumns } from "../../columns/admission.ts";
import { setMutatingWebhookDefaults } from "../../defaults/admission.ts";
import { beginGeneration } from "../../preparation/generation.ts";
import { countWebhookChange } from "../../preparation/webhooks.ts";
import { validateMutatingWebhooks } from "../../validation/webhook.ts";
import {
  mutatingWebhookConfiguration,
  type MutatingWebhookConfiguration,
} from "../../messages/admissionregistration/v1/mutating-webhook-configuration.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const mutatingWebhookConfigurationKind: Kind<MutatingWebhookConfiguration> = {
  group: "admissionregistration.k8s.io",
  version: "v1",
  resource: "mutatingwebhookconfigurations",
  namespaced: false,
  kind: "MutatingWebhookConfiguration",
  listKind: "MutatingWebhookConfigurationList",
  singular: "mutatingwebhookconfiguration",
  shortNames: [],
  categories: ["api-extensions"],
  verbs: standardVerbs,
  schema: mutatingWebhookConfiguration,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: webhookColumns,
  setDefaults: setMutatingWebhookDefaults,
  prepareForCreate: beginGeneration,
  prepareForUpdate: countWebhookChange,
  validate: validateMutatingWebhooks,
  defaultPropagation: "Background",
};
