// SelfSubjectRulesReview: what may I do in this namespace? Answered, never stored.

import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import {
  selfSubjectRulesReview,
  type SelfSubjectRulesReview,
} from "../../messages/authorization/v1/self-subject-rules-review.ts";

export const selfSubjectRulesReviewKind: Kind<SelfSubjectRulesReview> = {
  group: "authorization.k8s.io",
  version: "v1",
  resource: "selfsubjectrulesreviews",
  namespaced: false,
  kind: "SelfSubjectRulesReview",
  listKind: "SelfSubjectRulesReviewList",
  singular: "selfsubjectrulesreview",
  shortNames: [],
  categories: [],
  verbs: ["create"],
  schema: selfSubjectRulesReview,
  subresources: [],
  nameRule: () => [],
  selectableFields: {},
  columns: createdColumns,
  validate: () => [],
  defaultPropagation: "Background",
};
