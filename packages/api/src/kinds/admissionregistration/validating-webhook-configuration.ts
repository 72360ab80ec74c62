// ValidatingWebhookConfiguration: webhooks that judge objects.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { webhookColumns } from "../../columns/admission.ts";
import { setValidatingWebhookDefaults } from "../../defaults/admission.ts";
import { beginGeneration } from "../../preparation/generation.ts";
import { countWebhookChange } from "../../preparation/webhooks.ts";
import { validateValidatingWebhooks } from "../../validation/webhook.ts";
import {
  validatingWebhookConfiguration,
  type ValidatingWebhookConfiguration,
} from "../../messages/admissionregistration/v1/validating-webhook-configuration.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const validatingWebhookConfigurationKind: Kind<ValidatingWebhookConfiguration> = {
  group: "admissionregistration.k8s.io",
  version: "v1",
  resource: "validatingwebhookconfigurations",
  namespaced: false,
  kind: "ValidatingWebhookConfiguration",
  listKind: "ValidatingWebhookConfigurationList",
  singular: "validatingwebhookconfiguration",
  shortNames: [],
  categories: ["api-extensions"],
  verbs: standardVerbs,
  schema: validatingWebhookConfiguration,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: webhookColumns,
  setDefaults: setValidatingWebhookDefaults,
  prepareForCreate: beginGeneration,
  prepareForUpdate: countWebhookChange,
  validate: validateValidatingWebhooks,
  defaultPropagation: "Background",
};
