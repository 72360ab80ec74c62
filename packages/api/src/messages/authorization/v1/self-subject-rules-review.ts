// SelfSubjectRulesReview: what may I do in this namespace?

import { aString, boolean, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const selfSubjectRulesReview = message(
  "io.k8s.api.authorization.v1.SelfSubjectRulesReview",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<SelfSubjectRulesReviewSpec>(2, () => selfSubjectRulesReviewSpec)
      .required()
      .default({}),
    status: ref<SubjectRulesReviewStatus>(3, () => subjectRulesReviewStatus).default({}),
  },
);
export interface SelfSubjectRulesReview extends TypeOf<typeof selfSubjectRulesReview> {
  metadata: ObjectMeta;
}

export const selfSubjectRulesReviewSpec = message(
  "io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec",
  {
    namespace: string(1),
  },
);
export interface SelfSubjectRulesReviewSpec extends TypeOf<typeof selfSubjectRulesReviewSpec> {}

export const subjectRulesReviewStatus = message(
  "io.k8s.api.authorization.v1.SubjectRulesReviewStatus",
  {
    resourceRules: list(
      1,
      of<ResourceRule>(() => resourceRule),
    )
      .atomic()
      .required(),
    nonResourceRules: list(
      2,
      of<NonResourceRule>(() => nonResourceRule),
    )
      .atomic()
      .required(),
    incomplete: boolean(3).required(),
    evaluationError: string(4),
  },
);
export interface SubjectRulesReviewStatus extends TypeOf<typeof subjectRulesReviewStatus> {}

export const resourceRule = message("io.k8s.api.authorization.v1.ResourceRule", {
  verbs: list(1, aString).atomic().required(),
  apiGroups: list(2, aString).atomic(),
  resources: list(3, aString).atomic(),
  resourceNames: list(4, aString).atomic(),
});
export interface ResourceRule extends TypeOf<typeof resourceRule> {}

export const nonResourceRule = message("io.k8s.api.authorization.v1.NonResourceRule", {
  verbs: list(1, aString).atomic().required(),
  nonResourceURLs: list(2, aString).atomic(),
});
export interface NonResourceRule extends TypeOf<typeof nonResourceRule> {}
