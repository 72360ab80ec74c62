// What a registry is made of, handed in by the server.

import type { Kind } from "@kubonsai/api";
import type { Clock, Random } from "@kubonsai/clock";
import type { StoreClient } from "@kubonsai/store";
import type { Logger } from "../logger.ts";

export interface RegistryOptions {
  store: StoreClient;
  /** Others write to the store as well; absent: it is ours alone. */
  sharesStore?: boolean;
  kinds: readonly Kind[];
  clock: Clock;
  random: Random;
  log: Logger;
  /** Both ends belong to it. */
  serviceNodePortRange: { first: number; last: number };
  /** `10.96.0.0/12` */
  serviceClusterIpCidr: string;
  /** Signs ServiceAccount tokens; without it the `token` subresource is not served. */
  issueToken?: (grant: TokenGrant) => Promise<IssuedToken>;
}

/** What a token is to say; everything in it has been checked against the stored objects. */
export interface TokenGrant {
  namespace: string;
  serviceAccount: { name: string; uid: string };
  /** Empty: the server's own. */
  audiences: readonly string[];
  expirationSeconds: number;
  boundObject?: { kind: "Pod" | "Secret" | "Node"; name: string; uid: string };
  /** The node of a bound pod; without a uid when it does not exist. */
  node?: { name: string; uid?: string };
}

export interface IssuedToken {
  token: string;
  /** RFC 3339 */
  expirationTimestamp: string;
  audiences: readonly string[];
}
