// TokenReview: whose token is this?

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

export const tokenReview = message("io.k8s.api.authentication.v1.TokenReview", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<TokenReviewSpec>(2, () => tokenReviewSpec)
    .required()
    .default({}),
  status: ref<TokenReviewStatus>(3, () => tokenReviewStatus).default({}),
});
export interface TokenReview extends TypeOf<typeof tokenReview> {
  metadata: ObjectMeta;
}

export const tokenReviewSpec = message("io.k8s.api.authentication.v1.TokenReviewSpec", {
  token: string(1).required(),
  audiences: list(2, aString).atomic(),
});
export interface TokenReviewSpec extends TypeOf<typeof tokenReviewSpec> {}

export const tokenReviewStatus = message("io.k8s.api.authentication.v1.TokenReviewStatus", {
  authenticated: boolean(1),
  user: ref<UserInfo>(2, () => userInfo).default({}),
  audiences: list(4, aString).atomic(),
  error: string(3),
});
export interface TokenReviewStatus extends TypeOf<typeof tokenReviewStatus> {}

export const userInfo = message("io.k8s.api.authentication.v1.UserInfo", {
  username: string(1),
  uid: string(2),
  groups: list(3, aString).atomic(),
  extra: map(4, listOf(aString)),
});
export interface UserInfo extends TypeOf<typeof userInfo> {}
