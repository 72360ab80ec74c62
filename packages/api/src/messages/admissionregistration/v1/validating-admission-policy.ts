// ValidatingAdmissionPolicy: judges objects by expressions.

import { int64, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { condition, type Condition } from "../../../metadata/condition.ts";
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

export const validatingAdmissionPolicy = message(
  "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<ValidatingAdmissionPolicySpec>(2, () => validatingAdmissionPolicySpec).default({}),
    status: ref<ValidatingAdmissionPolicyStatus>(3, () => validatingAdmissionPolicyStatus).default(
      {},
    ),
  },
);
export interface ValidatingAdmissionPolicy extends TypeOf<typeof validatingAdmissionPolicy> {
  metadata: ObjectMeta;
  spec: ValidatingAdmissionPolicySpec;
}

export const validatingAdmissionPolicySpec = message(
  "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec",
  {
    paramKind: ref<ParamKind>(1, () => paramKind),
    matchConstraints: ref<MatchResources>(2, () => matchResources),
    validations: list(
      3,
      of<Validation>(() => validation),
    ).atomic(),
    failurePolicy: string(4).oneOf("Fail", "Ignore").explicit(),
    auditAnnotations: list(
      5,
      of<AuditAnnotation>(() => auditAnnotation),
    ).atomic(),
    matchConditions: list(
      6,
      of<MatchCondition>(() => matchCondition),
    )
      .listMap("name")
      .merge("name"),
    variables: list(
      7,
      of<Variable>(() => variable),
    )
      .listMap("name")
      .merge("name"),
  },
);
export interface ValidatingAdmissionPolicySpec extends TypeOf<
  typeof validatingAdmissionPolicySpec
> {}

export const validation = message("io.k8s.api.admissionregistration.v1.Validation", {
  expression: string(1).required(),
  message: string(2),
  reason: string(3).explicit(),
  messageExpression: string(4),
});
export interface Validation extends TypeOf<typeof validation> {}

export const auditAnnotation = message("io.k8s.api.admissionregistration.v1.AuditAnnotation", {
  key: string(1).required(),
  valueExpression: string(2).required(),
});
export interface AuditAnnotation extends TypeOf<typeof auditAnnotation> {}

export const validatingAdmissionPolicyStatus = message(
  "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus",
  {
    observedGeneration: int64(1),
    typeChecking: ref<TypeChecking>(2, () => typeChecking),
    conditions: list(
      3,
      of<Condition>(() => condition),
    ).listMap("type"),
  },
);
export interface ValidatingAdmissionPolicyStatus extends TypeOf<
  typeof validatingAdmissionPolicyStatus
> {}

export const typeChecking = message("io.k8s.api.admissionregistration.v1.TypeChecking", {
  expressionWarnings: list(
    1,
    of<ExpressionWarning>(() => expressionWarning),
  ).atomic(),
});
export interface TypeChecking extends TypeOf<typeof typeChecking> {}

export const expressionWarning = message("io.k8s.api.admissionregistration.v1.ExpressionWarning", {
  fieldRef: string(2).required(),
  warning: string(3).required(),
});
export interface ExpressionWarning extends TypeOf<typeof expressionWarning> {}
