// MutatingAdmissionPolicyBinding: puts a policy to work.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { policyBindingColumns } from "../../columns/admission.ts";
import { setPolicyBindingDefaults } from "../../defaults/admission.ts";
import { beginGeneration, countSpecChange } from "../../preparation/generation.ts";
import { validateMutatingPolicyBinding } from "../../validation/admission-policy.ts";
import {
  mutatingAdmissionPolicyBinding,
  type MutatingAdmissionPolicyBinding,
} from "../../messages/admissionregistration/v1/mutating-admission-policy-binding.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const mutatingAdmissionPolicyBindingKind: Kind<MutatingAdmissionPolicyBinding> = {
  group: "admissionregistration.k8s.io",
  version: "v1",
  resource: "mutatingadmissionpolicybindings",
  namespaced: false,
  kind: "MutatingAdmissionPolicyBinding",
  listKind: "MutatingAdmissionPolicyBindingList",
  singular: "mutatingadmissionpolicybinding",
  shortNames: [],
  categories: ["api-extensions"],
  verbs: standardVerbs,
  schema: mutatingAdmissionPolicyBinding,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: policyBindingColumns,
  setDefaults: setPolicyBindingDefaults,
  prepareForCreate: beginGeneration,
  prepareForUpdate: countSpecChange,
  validate: validateMutatingPolicyBinding,
  defaultPropagation: "Background",
};
