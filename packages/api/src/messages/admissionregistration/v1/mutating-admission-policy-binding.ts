// MutatingAdmissionPolicyBinding: puts a policy to work.

import { message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { matchResources, type MatchResources, paramRef, type ParamRef } from "./match-resources.ts";

export const mutatingAdmissionPolicyBinding = message(
  "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<MutatingAdmissionPolicyBindingSpec>(
      2,
      () => mutatingAdmissionPolicyBindingSpec,
    ).default({}),
  },
);
export interface MutatingAdmissionPolicyBinding extends TypeOf<
  typeof mutatingAdmissionPolicyBinding
> {
  metadata: ObjectMeta;
  spec: MutatingAdmissionPolicyBindingSpec;
}

export const mutatingAdmissionPolicyBindingSpec = message(
  "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec",
  {
    policyName: string(1),
    paramRef: ref<ParamRef>(2, () => paramRef),
    matchResources: ref<MatchResources>(3, () => matchResources),
  },
);
export interface MutatingAdmissionPolicyBindingSpec extends TypeOf<
  typeof mutatingAdmissionPolicyBindingSpec
> {}
