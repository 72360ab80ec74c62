// LocalSubjectAccessReview: may somebody do this in the namespace? Answered, never stored.

import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import { validateLocalSubjectAccessReview } from "../../validation/access-review.ts";
import {
  localSubjectAccessReview,
  type LocalSubjectAccessReview,
} from "../../messages/authorization/v1/subject-access-review.ts";

export const localSubjectAccessReviewKind: Kind<LocalSubjectAccessReview> = {
  group: "authorization.k8s.io",
  version: "v1",
  resource: "localsubjectaccessreviews",
  namespaced: true,
  kind: "LocalSubjectAccessReview",
  listKind: "LocalSubjectAccessReviewList",
  singular: "localsubjectaccessreview",
  shortNames: [],
  categories: [],
  verbs: ["create"],
  schema: localSubjectAccessReview,
  subresources: [],
  nameRule: () => [],
  selectableFields: {},
  columns: createdColumns,
  validate: validateLocalSubjectAccessReview,
  defaultPropagation: "Background",
};
