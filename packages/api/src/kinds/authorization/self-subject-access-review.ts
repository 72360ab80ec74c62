// SelfSubjectAccessReview: may I do this? Answered, never stored.

import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import { validateSelfSubjectAccessReview } from "../../validation/access-review.ts";
import {
  selfSubjectAccessReview,
  type SelfSubjectAccessReview,
} from "../../messages/authorization/v1/subject-access-review.ts";

export const selfSubjectAccessReviewKind: Kind<SelfSubjectAccessReview> = {
  group: "authorization.k8s.io",
  version: "v1",
  resource: "selfsubjectaccessreviews",
  namespaced: false,
  kind: "SelfSubjectAccessReview",
  listKind: "SelfSubjectAccessReviewList",
  singular: "selfsubjectaccessreview",
  shortNames: [],
  categories: [],
  verbs: ["create"],
  schema: selfSubjectAccessReview,
  subresources: [],
  nameRule: () => [],
  selectableFields: {},
  columns: createdColumns,
  validate: validateSelfSubjectAccessReview,
  defaultPropagation: "Background",
};
