// `Authorization: Bearer …`: a token given at start, or one that we issued to a service account.
// @see kubernetes apiserver/pkg/authentication/request/bearertoken, …/request/websocket

import type { IncomingMessage } from "node:http";
import { unauthorized } from "@kubonsai/api";
import type { Authenticator } from "./authenticator.ts";
import type { UserInfo } from "./user-info.ts";

export interface StaticToken {
  token: string;
  user: string;
  groups: readonly string[];
}

/** Where a browser cannot set headers, the token comes as a WebSocket protocol. */
const WEBSOCKET_PREFIX = "base64url.bearer.authorization.k8s.io.";

/** Whose token this is, if it is meant for one of `audiences`; undefined when it proves nothing. */
export type UserOfToken = (
  token: string,
  audiences?: readonly string[],
) => Promise<UserInfo | undefined>;

export function userOfTokens(
  staticTokens: readonly StaticToken[],
  verify: UserOfToken,
): UserOfToken {
  const users = new Map(
    staticTokens.map(({ token, user, groups }) => [token, { name: user, groups }] as const),
  );
  return async (token, audiences) => users.get(token) ?? verify(token, audiences);
}

export function bearerToken(userOfToken: UserOfToken): Authenticator {
  return async (request) => {
    const token = tokenOf(request);
    if (token === undefined) return undefined;
    const user = await userOfToken(token);
    if (!user) throw unauthorized();
    return user;
  };
}

function tokenOf({ headers }: IncomingMessage): string | undefined {
  const [scheme, token] = (headers.authorization ?? "").trim().split(" ");
  if (scheme?.toLowerCase() === "bearer" && token) return token;
  const protocols = headers["sec-websocket-protocol"]?.split(",") ?? [];
  const encoded = protocols
    .map((one) => one.trim())
    .find((one) => one.startsWith(WEBSOCKET_PREFIX));
  if (encoded === undefined) return undefined;
  return Buffer.from(encoded.slice(WEBSOCKET_PREFIX.length), "base64url").toString();
}
