// What the rooms of the server share: made once at start, handed to every call.

import type { Clock, Random } from "@kubonsai/clock";
import type { Authenticator } from "./authentication/authenticator.ts";
import type { UserOfToken } from "./authentication/bearer-token.ts";
import type { Authorizer, RulesFor } from "./authorization/authorizer.ts";
import type { KubeletConnector } from "./connect/kubelet-connector.ts";
import type { Discovery } from "./discovery/discovery.ts";
import type { InFlight } from "./limits/in-flight.ts";
import type { Logger } from "./logger.ts";
import type { OpenApi } from "./openapi/openapi.ts";
import type { Registry } from "./registry/registry.ts";
import type { TokenIssuer } from "./tokens/token-issuer.ts";

export interface Rooms {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly authenticators: readonly Authenticator[];
  readonly authorizers: readonly Authorizer[];
  /** What the policies let a user do in a namespace, as far as they can tell in advance. */
  readonly rulesFor: RulesFor;
  readonly userOfToken: UserOfToken;
  readonly inFlight: InFlight;
  readonly kubelets: KubeletConnector;
  readonly discovery: Discovery;
  readonly openApi: OpenApi;
  readonly tokens: TokenIssuer;
  /** Aborts when the server begins to stop: watches end, /readyz fails. */
  readonly stopping: AbortSignal;
}
