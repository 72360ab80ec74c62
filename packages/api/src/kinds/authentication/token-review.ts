// TokenReview: whose token is this? Answered, never stored.

import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import { tokenReview, type TokenReview } from "../../messages/authentication/v1/token-review.ts";

export const tokenReviewKind: Kind<TokenReview> = {
  group: "authentication.k8s.io",
  version: "v1",
  resource: "tokenreviews",
  namespaced: false,
  kind: "TokenReview",
  listKind: "TokenReviewList",
  singular: "tokenreview",
  shortNames: [],
  categories: [],
  verbs: ["create"],
  schema: tokenReview,
  subresources: [],
  nameRule: () => [],
  selectableFields: {},
  columns: createdColumns,
  validate: () => [],
  defaultPropagation: "Background",
};
