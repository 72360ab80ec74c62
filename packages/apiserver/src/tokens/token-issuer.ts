// Tokens of service accounts: signed here, verified here, for anybody to verify with the public key.
// @see kubernetes pkg/serviceaccount/jwt.go, claims.go

import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { Clock, Random } from "@kubonsai/clock";
import { exportJWK, jwtVerify, SignJWT, type JWTPayload } from "jose";
import type { IssuedToken, TokenGrant } from "../registry/options.ts";

export const ISSUER = "https://kubernetes.default.svc.cluster.local";

export interface TokenIssuer {
  issue(grant: TokenGrant): Promise<IssuedToken>;
  /**
   * Undefined when the token is none of ours, is over, or is meant for none of `audiences`; without
   * these, for others than this server.
   */
  verify(token: string, audiences?: readonly string[]): Promise<Claims | undefined>;
  /** The public keys, as `/openid/v1/jwks` shows them. */
  publicKeys(): Promise<{ keys: object[] }>;
}

/** The private part of a token. */
export interface Claims extends JWTPayload {
  "kubernetes.io": {
    namespace: string;
    serviceaccount: Bound;
    pod?: Bound;
    secret?: Bound;
    node?: { name: string; uid?: string };
    warnafter?: number;
  };
}

interface Bound {
  name: string;
  uid: string;
}

/** @param privateKeyPem EC or RSA */
export function createTokenIssuer(
  privateKeyPem: string,
  { clock, random }: { clock: Clock; random: Random },
): TokenIssuer {
  const privateKey = createPrivateKey(privateKeyPem);
  const publicKey = createPublicKey(privateKeyPem);
  const header = { alg: algorithmOf(privateKey), kid: keyId(publicKey) };
  return {
    async issue(grant) {
      const issuedAt = Math.floor(clock.now() / 1000);
      const expires = issuedAt + grant.expirationSeconds;
      const audiences = grant.audiences.length === 0 ? [ISSUER] : grant.audiences;
      const token = await new SignJWT({ ...claimsOf(grant) })
        .setProtectedHeader(header)
        .setIssuer(ISSUER)
        .setAudience([...audiences])
        .setSubject(userName(grant.namespace, grant.serviceAccount.name))
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(expires)
        .setJti(random.uuid())
        .sign(privateKey);
      return { token, audiences, expirationTimestamp: rfc3339(expires) };
    },
    async verify(token, audiences = [ISSUER]) {
      try {
        const currentDate = new Date(clock.now());
        const options = { issuer: ISSUER, audience: [...audiences], currentDate };
        const { payload } = await jwtVerify<Claims>(token, publicKey, options);
        return payload["kubernetes.io"] ? payload : undefined;
      } catch {
        // whatever is wrong with it, a token that does not hold is answered the same way
        return undefined;
      }
    },
    async publicKeys() {
      return { keys: [{ ...(await exportJWK(publicKey)), use: "sig", ...header }] };
    },
  };
}

export const userName = (namespace: string, name: string) =>
  `system:serviceaccount:${namespace}:${name}`;

const claimsOf = ({ namespace, serviceAccount, boundObject, node }: TokenGrant) => ({
  "kubernetes.io": {
    namespace,
    ...(node ? { node } : {}),
    ...(boundObject
      ? { [boundObject.kind.toLowerCase()]: { name: boundObject.name, uid: boundObject.uid } }
      : {}),
    serviceaccount: { name: serviceAccount.name, uid: serviceAccount.uid },
  },
});

function algorithmOf(key: KeyObject): string {
  if (key.asymmetricKeyType === "rsa") return "RS256";
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const algorithms = new Map([
    ["prime256v1", "ES256"],
    ["secp384r1", "ES384"],
    ["secp521r1", "ES512"],
  ]);
  const algorithm = algorithms.get(curve ?? "");
  if (algorithm === undefined) throw new Error(`no way to sign with a ${curve ?? "strange"} key`);
  return algorithm;
}

/** The same key always has the same id. */
const keyId = (key: KeyObject) =>
  createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("base64url");

const rfc3339 = (seconds: number) => new Date(seconds * 1000).toISOString().replace(".000", "");
