// May somebody do this? The policies are asked as they are for a request.
// @see kubernetes pkg/registry/authorization

import { badRequest } from "@kubonsai/api";
import type {
  KubernetesObject,
  LocalSubjectAccessReview,
  SelfSubjectAccessReview,
  SelfSubjectRulesReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
  SubjectAccessReviewStatus,
} from "@kubonsai/api";
import { decide } from "../authorization/authorize.ts";
import type { Attributes } from "../authorization/authorizer.ts";
import type { UserInfo } from "../authentication/user-info.ts";
import type { Call } from "../call.ts";

export async function reviewAccess(call: Call, asked: KubernetesObject): Promise<object> {
  const { metadata, spec, ...type } = asked as SubjectAccessReview;
  return { ...type, metadata, spec, status: await answer(call, spec, userOf(spec)) };
}

export async function reviewLocalAccess(call: Call, asked: KubernetesObject): Promise<object> {
  const { spec } = asked as LocalSubjectAccessReview;
  const namespace = spec.resourceAttributes?.namespace ?? "";
  if (namespace !== call.info.namespace) {
    throw badRequest(
      `spec.resourceAttributes.namespace must match namespace: ${call.info.namespace}`,
    );
  }
  return reviewAccess(call, asked);
}

export async function reviewOwnAccess(call: Call, asked: KubernetesObject): Promise<object> {
  const { spec } = asked as SelfSubjectAccessReview;
  return { ...asked, status: await answer(call, spec, call.user) };
}

/** What each policy lets the user do; some cannot say it in advance. */
export async function reviewOwnRules(call: Call, asked: KubernetesObject): Promise<object> {
  const { spec } = asked as SelfSubjectRulesReview;
  if (!spec?.namespace) throw badRequest("no namespace on request");
  const { resourceRules, nonResourceRules, incomplete } = await call.rooms.rulesFor(
    call.user,
    spec.namespace,
  );
  return { ...asked, status: { resourceRules, nonResourceRules, incomplete } };
}

type Question = Pick<SubjectAccessReviewSpec, "resourceAttributes" | "nonResourceAttributes">;

async function answer(
  { rooms }: Call,
  question: Question,
  user: UserInfo,
): Promise<SubjectAccessReviewStatus> {
  const { allowed, reason } = await decide(attributesOf(question, user), rooms.authorizers);
  return {
    allowed: allowed === true,
    ...(allowed === false ? { denied: true } : {}),
    ...(reason === "" ? {} : { reason }),
  };
}

function attributesOf({ resourceAttributes, nonResourceAttributes }: Question, user: UserInfo) {
  const { verb = "", path = "" } = nonResourceAttributes ?? {};
  const nothing = {
    group: "",
    version: "",
    namespace: "",
    resource: "",
    subresource: "",
    name: "",
  };
  if (!resourceAttributes) return { ...nothing, isResource: false, verb, path, user };
  const { fieldSelector: _, labelSelector: __, ...asked } = resourceAttributes;
  const attributes: Attributes = {
    ...nothing,
    verb: "",
    path: "",
    isResource: true,
    user,
    ...asked,
  };
  return attributes;
}

const userOf = ({ user = "", uid, groups = [], extra }: SubjectAccessReviewSpec): UserInfo => ({
  name: user,
  groups,
  ...(uid ? { uid } : {}),
  ...(extra ? { extra } : {}),
});
