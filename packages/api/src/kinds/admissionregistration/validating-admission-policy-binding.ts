// ValidatingAdmissionPolicyBinding: puts a policy to work.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { policyBindingColumns } from "../../columns/admission.ts";
import { setPolicyBindingDefaults } from "../../defaults/admission.ts";
import { beginGeneration, countSpecChange } from "../../preparation/generation.ts";
import { validateValidatingPolicyBinding } from "../../validation/admission-policy.ts";
import {
  validatingAdmissionPolicyBinding,
  type ValidatingAdmissionPolicyBinding,
} from "../../messages/admissionregistration/v1/validating-admission-policy-binding.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const validatingAdmissionPolicyBindingKind: Kind<ValidatingAdmissionPolicyBinding> = {
  group: "admissionregistration.k8s.io",
  version: "v1",
  resource: "validatingadmissionpolicybindings",
  namespaced: false,
  kind: "ValidatingAdmissionPolicyBinding",
  listKind: "ValidatingAdmissionPolicyBindingList",
  singular: "validatingadmissionpolicybinding",
  shortNames: [],
  categories: ["api-extensions"],
  verbs: standardVerbs,
  schema: validatingAdmissionPolicyBinding,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: policyBindingColumns,
  setDefaults: setPolicyBindingDefaults,
  prepareForCreate: beginGeneration,
  prepareForUpdate: countSpecChange,
  validate: validateValidatingPolicyBinding,
  defaultPropagation: "Background",
};
