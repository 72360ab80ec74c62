// SelfSubjectReview: who am I? Answered, never stored.

import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import {
  selfSubjectReview,
  type SelfSubjectReview,
} from "../../messages/authentication/v1/self-subject-review.ts";

export const selfSubjectReviewKind: Kind<SelfSubjectReview> = {
  group: "authentication.k8s.io",
  version: "v1",
  resource: "selfsubjectreviews",
  namespaced: false,
  kind: "SelfSubjectReview",
  listKind: "SelfSubjectReviewList",
  singular: "selfsubjectreview",
  shortNames: [],
  categories: [],
  verbs: ["create"],
  schema: selfSubjectReview,
  subresources: [],
  nameRule: () => [],
  selectableFields: {},
  columns: createdColumns,
  validate: () => [],
  defaultPropagation: "Background",
};
