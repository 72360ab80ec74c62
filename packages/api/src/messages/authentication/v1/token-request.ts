// TokenRequest: posted to a service account's `token` subresource.

import { aString, int64, list, message, ref, string, time } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const tokenRequest = message("io.k8s.api.authentication.v1.TokenRequest", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<TokenRequestSpec>(2, () => tokenRequestSpec).default({}),
  status: ref<TokenRequestStatus>(3, () => tokenRequestStatus).default({}),
});
export interface TokenRequest extends TypeOf<typeof tokenRequest> {
  metadata: ObjectMeta;
}

export const tokenRequestSpec = message("io.k8s.api.authentication.v1.TokenRequestSpec", {
  audiences: list(1, aString).atomic(),
  expirationSeconds: int64(4).explicit(),
  boundObjectRef: ref<BoundObjectReference>(3, () => boundObjectReference),
});
export interface TokenRequestSpec extends TypeOf<typeof tokenRequestSpec> {}

export const tokenRequestStatus = message("io.k8s.api.authentication.v1.TokenRequestStatus", {
  token: string(1),
  expirationTimestamp: time(2),
});
export interface TokenRequestStatus extends TypeOf<typeof tokenRequestStatus> {}

export const boundObjectReference = message("io.k8s.api.authentication.v1.BoundObjectReference", {
  kind: string(1),
  apiVersion: string(2),
  name: string(3),
  uid: string(4),
});
export interface BoundObjectReference extends TypeOf<typeof boundObjectReference> {}
