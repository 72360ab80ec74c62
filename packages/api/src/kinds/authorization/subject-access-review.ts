// SubjectAccessReview: may somebody do this? Answered, never stored.

import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import { validateSubjectAccessReview } from "../../validation/access-review.ts";
import {
  subjectAccessReview,
  type SubjectAccessReview,
} from "../../messages/authorization/v1/subject-access-review.ts";

export const subjectAccessReviewKind: Kind<SubjectAccessReview> = {
  group: "authorization.k8s.io",
  version: "v1",
  resource: "subjectaccessreviews",
  namespaced: false,
  kind: "SubjectAccessReview",
  listKind: "SubjectAccessReviewList",
  singular: "subjectaccessreview",
  shortNames: [],
  categories: [],
  verbs: ["create"],
  schema: subjectAccessReview,
  subresources: [],
  nameRule: () => [],
  selectableFields: {},
  columns: createdColumns,
  validate: validateSubjectAccessReview,
  defaultPropagation: "Background",
};
