// Which service account a token speaks for, if that account and what the token is bound to still exist.
// @see kubernetes pkg/serviceaccount/claims.go Validate

import { StatusError } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import type { UserInfo } from "../authentication/user-info.ts";
import type { Registry, Stored } from "../registry/registry.ts";
import { userName, type Claims, type TokenIssuer } from "./token-issuer.ts";

/** A token that held a moment ago still holds: checking signatures costs a millisecond each. */
const REMEMBERED_MS = 10_000;
const MOST_REMEMBERED = 5000;

export function accountOfToken({
  issuer,
  registry,
  clock,
}: {
  issuer: TokenIssuer;
  registry: Registry;
  clock: Clock;
}): (token: string, audiences?: readonly string[]) => Promise<UserInfo | undefined> {
  const remembered = new Map<string, { user: UserInfo; untilMs: number }>();
  return async (token, audiences) => {
    if (audiences) {
      const claims = await issuer.verify(token, audiences);
      return claims && (await stillStands(claims, registry)) ? userOf(claims) : undefined;
    }
    const known = remembered.get(token);
    if (known && known.untilMs > clock.now()) return known.user;
    remembered.delete(token);
    const claims = await issuer.verify(token);
    if (!claims || !(await stillStands(claims, registry))) return undefined;
    const user = userOf(claims);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const untilMs = Math.min(clock.now() + REMEMBERED_MS, (claims.exp ?? 0) * 1000);
    remembered.set(token, { user, untilMs });
    return user;
  };
}

async function stillStands(claims: Claims, registry: Registry): Promise<boolean> {
  const { namespace, serviceaccount, pod, secret } = claims["kubernetes.io"];
  const bound = [
    { resource: "serviceaccounts", ...serviceaccount },
    ...(pod ? [{ resource: "pods", ...pod }] : []),
    ...(secret ? [{ resource: "secrets", ...secret }] : []),
  ];
  for (const { resource, name, uid } of bound) {
    const stored = await find(registry, resource, { namespace, name });
    if (stored?.object.metadata.uid !== uid) return false;
  }
  return true;
}

async function find(
  registry: Registry,
  resource: string,
  key: { namespace: string; name: string },
): Promise<Stored | undefined> {
  try {
    return await registry.resource({ group: "", version: "v1", resource })?.get(key, {});
  } catch (error) {
    if (error instanceof StatusError && error.code === 404) return undefined;
    throw error;
  }
}

function userOf({ jti, "kubernetes.io": claims }: Claims): UserInfo {
  const { namespace, serviceaccount, pod, node } = claims;
  const extra: { [name: string]: string[] } = {};
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined) extra[`authentication.kubernetes.io/${name}`] = [value];
  };
  add("credential-id", jti === undefined ? undefined : `JTI=${jti}`);
  add("node-name", node?.name);
  add("node-uid", node?.uid);
  add("pod-name", pod?.name);
  add("pod-uid", pod?.uid);
  return {
    name: userName(namespace, serviceaccount.name),
    uid: serviceaccount.uid,
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`],
    extra,
  };
}
