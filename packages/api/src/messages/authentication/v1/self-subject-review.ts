// SelfSubjectReview: who am I?

import { message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { userInfo, type UserInfo } from "./token-review.ts";

export const selfSubjectReview = message("io.k8s.api.authentication.v1.SelfSubjectReview", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  status: ref<SelfSubjectReviewStatus>(2, () => selfSubjectReviewStatus).default({}),
});
export interface SelfSubjectReview extends TypeOf<typeof selfSubjectReview> {
  metadata: ObjectMeta;
}

export const selfSubjectReviewStatus = message(
  "io.k8s.api.authentication.v1.SelfSubjectReviewStatus",
  {
    userInfo: ref<UserInfo>(1, () => userInfo).default({}),
  },
);
export interface SelfSubjectReviewStatus extends TypeOf<typeof selfSubjectReviewStatus> {}
