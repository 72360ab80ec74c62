// Who is this? Of the request itself, or of a token.
// @see kubernetes pkg/registry/authentication

import { badRequest, type KubernetesObject, type TokenReview } from "@kubonsai/api";
import { withAuthenticatedGroup } from "../authentication/authenticate.ts";
import type { UserInfo } from "../authentication/user-info.ts";
import type { Call } from "../call.ts";
import { ISSUER } from "../tokens/token-issuer.ts";
import { timestamp } from "../registry/metadata.ts";

export async function reviewOwnUser(call: Call, asked: KubernetesObject): Promise<object> {
  const { kind, apiVersion } = asked;
  const metadata = { creationTimestamp: timestamp(call.rooms.clock.now()) };
  return { kind, apiVersion, metadata, status: { userInfo: shown(call.user) } };
}

export async function reviewToken(call: Call, asked: KubernetesObject): Promise<object> {
  const { spec } = asked as TokenReview;
  if (!spec?.token) throw badRequest("token is required for TokenReview in authentication");
  const { token, audiences = [] } = spec;
  const user = await call.rooms.userOfToken(token, audiences.length > 0 ? audiences : undefined);
  if (!user) {
    const error = "[invalid bearer token, the token is unknown or has expired]";
    return { ...asked, status: { user: {}, error } };
  }
  const status = { authenticated: true, user: shown(withAuthenticatedGroup(user)) };
  return { ...asked, status: { ...status, audiences: await sharedAudiences(call, spec) } };
}

/** Of those that were asked about, the ones that the token is meant for. */
async function sharedAudiences(
  { rooms }: Call,
  { token, audiences = [] }: TokenReview["spec"],
): Promise<string[]> {
  const wanted = audiences.length > 0 ? audiences : [ISSUER];
  const claims = await rooms.tokens.verify(token, wanted);
  const meant = [claims?.aud ?? wanted].flat();
  return wanted.filter((audience) => meant.includes(audience));
}

const shown = ({ name, uid, groups, extra }: UserInfo) => ({
  username: name,
  ...(uid ? { uid } : {}),
  ...(groups.length > 0 ? { groups } : {}),
  ...(extra ? { extra } : {}),
});
