// MutatingAdmissionPolicy: changes objects by expressions.

import { list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import {
  matchResources,
  type MatchResources,
  paramKind,
  type ParamKind,
  variable,
  type Variable,
} from "./match-resources.ts";
import { matchCondition, type MatchCondition } from "./webhook.ts";

export const mutatingAdmissionPolicy = message(
  "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<MutatingAdmissionPolicySpec>(2, () => mutatingAdmissionPolicySpec).default({}),
  },
);
export interface MutatingAdmissionPolicy extends TypeOf<typeof mutatingAdmissionPolicy> {
  metadata: ObjectMeta;
  spec: MutatingAdmissionPolicySpec;
}

export const mutatingAdmissionPolicySpec = message(
  "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec",
  {
    paramKind: ref<ParamKind>(1, () => paramKind),
    matchConstraints: ref<MatchResources>(2, () => matchResources),
    variables: list(
      3,
      of<Variable>(() => variable),
    ).atomic(),
    mutations: list(
      4,
      of<Mutation>(() => mutation),
    ).atomic(),
    failurePolicy: string(5).oneOf("Fail", "Ignore").explicit(),
    matchConditions: list(
      6,
      of<MatchCondition>(() => matchCondition),
    )
      .listMap("name")
      .merge("name"),
    reinvocationPolicy: string(7).oneOf("IfNeeded", "Never"),
  },
);
export interface MutatingAdmissionPolicySpec extends TypeOf<typeof mutatingAdmissionPolicySpec> {}

export const mutation = message("io.k8s.api.admissionregistration.v1.Mutation", {
  patchType: string(2).oneOf("ApplyConfiguration", "JSONPatch").required(),
  applyConfiguration: ref<ApplyConfiguration>(3, () => applyConfiguration),
  jsonPatch: ref<MutationJSONPatch>(4, () => mutationJSONPatch),
});
export interface Mutation extends TypeOf<typeof mutation> {}

export const applyConfiguration = message(
  "io.k8s.api.admissionregistration.v1.ApplyConfiguration",
  {
    expression: string(1),
  },
);
export interface ApplyConfiguration extends TypeOf<typeof applyConfiguration> {}

export const mutationJSONPatch = message("io.k8s.api.admissionregistration.v1.JSONPatch", {
  expression: string(1),
});
export interface MutationJSONPatch extends TypeOf<typeof mutationJSONPatch> {}
