// ValidatingAdmissionPolicyBinding: puts a policy to work.

import { aString, list, message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { matchResources, type MatchResources, paramRef, type ParamRef } from "./match-resources.ts";

export const validatingAdmissionPolicyBinding = message(
  "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<ValidatingAdmissionPolicyBindingSpec>(2, () => validatingAdmissionPolicyBindingSpec)
      .required()
      .default({}),
  },
);
export interface ValidatingAdmissionPolicyBinding extends TypeOf<
  typeof validatingAdmissionPolicyBinding
> {
  metadata: ObjectMeta;
}

export const validatingAdmissionPolicyBindingSpec = message(
  "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec",
  {
    policyName: string(1).required(),
    paramRef: ref<ParamRef>(2, () => paramRef),
    matchResources: ref<MatchResources>(3, () => matchResources),
    validationActions: list(4, aString).listSet().required(),
  },
);
export interface ValidatingAdmissionPolicyBindingSpec extends TypeOf<
  typeof validatingAdmissionPolicyBindingSpec
> {}
