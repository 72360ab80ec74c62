// ValidatingAdmissionPolicy: judges objects by expressions.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { validatingPolicyColumns } from "../../columns/admission.ts";
import { setPolicyDefaults } from "../../defaults/admission.ts";
import {
  beginWithoutStatus,
  keepSpecAndGeneration,
  keepStatusAndCount,
} from "../../preparation/generation.ts";
import {
  validatePolicyStatusUpdate,
  validateValidatingPolicy,
} from "../../validation/admission-policy.ts";
import {
  validatingAdmissionPolicy,
  type ValidatingAdmissionPolicy,
} from "../../messages/admissionregistration/v1/validating-admission-policy.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const validatingAdmissionPolicyKind: Kind<ValidatingAdmissionPolicy> = {
  group: "admissionregistration.k8s.io",
  version: "v1",
  resource: "validatingadmissionpolicies",
  namespaced: false,
  kind: "ValidatingAdmissionPolicy",
  listKind: "ValidatingAdmissionPolicyList",
  singular: "validatingadmissionpolicy",
  shortNames: [],
  categories: ["api-extensions"],
  verbs: standardVerbs,
  schema: validatingAdmissionPolicy,
  subresources: [statusOf("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: validatingPolicyColumns,
  setDefaults: setPolicyDefaults,
  prepareForCreate: beginWithoutStatus,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validateValidatingPolicy,
  validateStatusUpdate: validatePolicyStatusUpdate,
  defaultPropagation: "Background",
};
