// MutatingAdmissionPolicy: changes objects by expressions.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { mutatingPolicyColumns } from "../../columns/admission.ts";
import { setPolicyDefaults } from "../../defaults/admission.ts";
import { beginGeneration, countSpecChange } from "../../preparation/generation.ts";
import { validateMutatingPolicy } from "../../validation/admission-policy.ts";
import {
  mutatingAdmissionPolicy,
  type MutatingAdmissionPolicy,
} from "../../messages/admissionregistration/v1/mutating-admission-policy.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const mutatingAdmissionPolicyKind: Kind<MutatingAdmissionPolicy> = {
  group: "admissionregistration.k8s.io",
  version: "v1",
  resource: "mutatingadmissionpolicies",
  namespaced: false,
  kind: "MutatingAdmissionPolicy",
  listKind: "MutatingAdmissionPolicyList",
  singular: "mutatingadmissionpolicy",
  shortNames: [],
  categories: ["api-extensions"],
  verbs: standardVerbs,
  schema: mutatingAdmissionPolicy,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: mutatingPolicyColumns,
  setDefaults: setPolicyDefaults,
  prepareForCreate: beginGeneration,
  prepareForUpdate: countSpecChange,
  validate: validateMutatingPolicy,
  defaultPropagation: "Background",
};
