// Kinds that are questions: what is created is answered and forgotten. A review is its file and a line.

import { invalidError, type Kind, type KubernetesObject } from "@kubonsai/api";
import { sendPlain } from "../answer/send-object.ts";
import type { Call } from "../call.ts";
import { readBody } from "../limits/body.ts";
import { decodeObject } from "../request/decode.ts";
import { matchNamespace } from "../request/match-request.ts";
import { negotiate } from "../request/negotiate.ts";
import { writeOptionsOf } from "../request/write-options.ts";
import { reviewLocalAccess, reviewOwnAccess, reviewOwnRules, reviewAccess } from "./access.ts";
import { reviewOwnUser, reviewToken } from "./identity.ts";

/** Gives the object that was sent back with its answer. */
export type Review = (call: Call, asked: KubernetesObject) => Promise<object>;

const reviews: ReadonlyMap<string, Review> = new Map([
  ["authentication.k8s.io/tokenreviews", reviewToken],
  ["authentication.k8s.io/selfsubjectreviews", reviewOwnUser],
  ["authorization.k8s.io/subjectaccessreviews", reviewAccess],
  ["authorization.k8s.io/localsubjectaccessreviews", reviewLocalAccess],
  ["authorization.k8s.io/selfsubjectaccessreviews", reviewOwnAccess],
  ["authorization.k8s.io/selfsubjectrulesreviews", reviewOwnRules],
]);

/** Undefined for what is stored. */
export const reviewOf = ({ group, resource }: Kind): Review | undefined =>
  reviews.get(`${group}/${resource}`);

/** @throws Invalid, BadRequest */
export async function answerReview(call: Call, kind: Kind, review: Review): Promise<void> {
  const form = negotiate(call.request.headers.accept);
  const body = await readBody(call.request);
  writeOptionsOf(call, "CreateOptions");
  const asked = decodeObject(call, body, kind);
  if (kind.namespaced) matchNamespace(asked, call.info);
  const errors = kind.validate(asked);
  if (errors.length > 0) throw invalidError(kind, "", errors);
  await sendPlain(call, 201, await review(call, asked), form);
}
