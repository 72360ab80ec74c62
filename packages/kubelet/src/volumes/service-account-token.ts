// Tokens for projected volumes, bound to their pod and renewed well before they expire.
// @see kubernetes pkg/kubelet/token/token_manager.go

import type { Pod } from "@kubonsai/api";
import type { Client } from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";

export interface TokenRequest {
  /** "": the API server's own. */
  audience: string;
  expirationSeconds: number;
}

export interface TokenSource {
  /** @throws StatusError when the account is gone or the server refuses */
  token(pod: Pod, request: TokenRequest): Promise<string>;
  forget(podUid: string): void;
}

interface Issued {
  token: string;
  renewAt: number;
}

const LONGEST_USE_MS = 24 * 3_600_000;

const serviceAccounts = {
  group: "",
  version: "v1",
  resource: "serviceaccounts",
  namespaced: true,
  kind: "ServiceAccount",
};

export function createTokenSource(client: Client, clock: Clock): TokenSource {
  const accounts = client.resource(serviceAccounts);
  const issued = new Map<string, Map<string, Issued>>();
  return {
    async token(pod, request) {
      const uid = pod.metadata.uid ?? "";
      const own = issued.get(uid) ?? new Map<string, Issued>();
      issued.set(uid, own);
      const key = `${request.audience} ${request.expirationSeconds}`;
      const known = own.get(key);
      if (known && clock.now() < known.renewAt) return known.token;
      const fresh = await issue(pod, request);
      own.set(key, fresh);
      return fresh.token;
    },
    forget: (podUid) => void issued.delete(podUid),
  };

  async function issue(pod: Pod, request: TokenRequest): Promise<Issued> {
    const { namespace = "", name = "", uid } = pod.metadata;
    const answer = (await accounts.call(
      namespace,
      pod.spec.serviceAccountName ?? "default",
      "token",
      {
        apiVersion: "authentication.k8s.io/v1",
        kind: "TokenRequest",
        metadata: {},
        spec: {
          audiences: request.audience === "" ? [] : [request.audience],
          expirationSeconds: request.expirationSeconds,
          boundObjectRef: { apiVersion: "v1", kind: "Pod", name, uid },
        },
      },
    )) as { status: { token: string; expirationTimestamp?: string } };
    const { token, expirationTimestamp } = answer.status;
    const now = clock.now();
    const livesMs = expirationTimestamp
      ? Date.parse(expirationTimestamp) - now
      : request.expirationSeconds * 1000;
    return { token, renewAt: now + Math.min(livesMs * 0.8, LONGEST_USE_MS) };
  }
}
