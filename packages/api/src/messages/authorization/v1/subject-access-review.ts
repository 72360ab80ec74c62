// Access reviews: may somebody, or may I, do this?

import {
  aString,
  boolean,
  list,
  listOf,
  map,
  message,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import {
  nonResourceAttributes,
  type NonResourceAttributes,
  resourceAttributes,
  type ResourceAttributes,
} from "./resource-attributes.ts";

export const subjectAccessReview = message("io.k8s.api.authorization.v1.SubjectAccessReview", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<SubjectAccessReviewSpec>(2, () => subjectAccessReviewSpec)
    .required()
    .default({}),
  status: ref<SubjectAccessReviewStatus>(3, () => subjectAccessReviewStatus).default({}),
});
export interface SubjectAccessReview extends TypeOf<typeof subjectAccessReview> {
  metadata: ObjectMeta;
}

export const localSubjectAccessReview = message(
  "io.k8s.api.authorization.v1.LocalSubjectAccessReview",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<SubjectAccessReviewSpec>(2, () => subjectAccessReviewSpec)
      .required()
      .default({}),
    status: ref<SubjectAccessReviewStatus>(3, () => subjectAccessReviewStatus).default({}),
  },
);
export interface LocalSubjectAccessReview extends TypeOf<typeof localSubjectAccessReview> {
  metadata: ObjectMeta;
}

export const selfSubjectAccessReview = message(
  "io.k8s.api.authorization.v1.SelfSubjectAccessReview",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<SelfSubjectAccessReviewSpec>(2, () => selfSubjectAccessReviewSpec)
      .required()
      .default({}),
    status: ref<SubjectAccessReviewStatus>(3, () => subjectAccessReviewStatus).default({}),
  },
);
export interface SelfSubjectAccessReview extends TypeOf<typeof selfSubjectAccessReview> {
  metadata: ObjectMeta;
}

export const subjectAccessReviewSpec = message(
  "io.k8s.api.authorization.v1.SubjectAccessReviewSpec",
  {
    resourceAttributes: ref<ResourceAttributes>(1, () => resourceAttributes),
    nonResourceAttributes: ref<NonResourceAttributes>(2, () => nonResourceAttributes),
    user: string(3),
    groups: list(4, aString).atomic(),
    extra: map(5, listOf(aString)),
    uid: string(6),
  },
);
export interface SubjectAccessReviewSpec extends TypeOf<typeof subjectAccessReviewSpec> {}

export const selfSubjectAccessReviewSpec = message(
  "io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec",
  {
    resourceAttributes: ref<ResourceAttributes>(1, () => resourceAttributes),
    nonResourceAttributes: ref<NonResourceAttributes>(2, () => nonResourceAttributes),
  },
);
export interface SelfSubjectAccessReviewSpec extends TypeOf<typeof selfSubjectAccessReviewSpec> {}

export const subjectAccessReviewStatus = message(
  "io.k8s.api.authorization.v1.SubjectAccessReviewStatus",
  {
    allowed: boolean(1).required(),
    denied: boolean(4),
    reason: string(2),
    evaluationError: string(3),
  },
);
export interface SubjectAccessReviewStatus extends TypeOf<typeof subjectAccessReviewStatus> {}
