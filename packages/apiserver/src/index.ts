// The door of the API server.

import { kinds } from "@kubonsai/api";
import type { Clock, Random } from "@kubonsai/clock";
import { connectStore, type StoreClient } from "@kubonsai/store";
import { bearerToken, type StaticToken } from "./authentication/bearer-token.ts";
import { clientCertificate } from "./authentication/client-certificate.ts";
import { bootstrapPolicy } from "./authorization/bootstrap-policy.ts";
import { superuser } from "./authorization/superuser.ts";
import { createKubeletConnector } from "./connect/kubelet-connector.ts";
import { createDiscovery } from "./discovery/discovery.ts";
import { createInFlight } from "./limits/in-flight.ts";
import type { Logger } from "./logger.ts";
import { createOpenApi } from "./openapi/openapi.ts";
import { createRegistry } from "./registry/create-registry.ts";
import type { Registry } from "./registry/registry.ts";
import { serveHttps, type RunningServer } from "./server.ts";
import { accountOfToken } from "./tokens/account-of-token.ts";
import { createTokenIssuer } from "./tokens/token-issuer.ts";

export type * from "./registry/registry.ts";
export type { StaticToken } from "./authentication/bearer-token.ts";
export type { Logger } from "./logger.ts";

export interface ApiserverOptions {
  /** An address that the store's client takes, or a client, which then stays the caller's own. */
  store: string | StoreClient;
  host?: string;
  /** 0: any that is free */
  port: number;
  /** PEM. Client certificates of `ca` are believed. */
  tls: { ca: string; cert: string; key: string };
  /** PEM, EC or RSA: signs the tokens of service accounts. */
  serviceAccountKey: string;
  /** PEM: who we are to kubelets, and whom we believe. */
  kubeletClient: { ca: string; cert: string; key: string };
  staticTokens?: readonly StaticToken[];
  /** Both ends belong to it. */
  serviceNodePortRange?: { first: number; last: number };
  serviceClusterIpCidr?: string;
  clock: Clock;
  random: Random;
  log: Logger;
}

export interface RunningApiserver {
  /** `https://127.0.0.1:6443` */
  readonly url: string;
  readonly port: number;
  /** Ends watches and frees the port within two seconds. */
  stop(): Promise<void>;
}

/** Resolves when the server answers. @throws Error with code EADDRINUSE when the port is taken */
export async function startApiserver(options: ApiserverOptions): Promise<RunningApiserver> {
  const { host = "127.0.0.1", clock, store } = options;
  const client = typeof store === "string" ? connectStore(store, { clock }) : store;
  const stopping = new AbortController();
  const parts = await openParts(options, client, stopping.signal);
  const close = async () => {
    parts.rooms.kubelets.close();
    await parts.registry.close();
    if (typeof store === "string") await client.close();
  };
  let server: RunningServer;
  try {
    server = await serveHttps({ rooms: parts.rooms, host, port: options.port, tls: options.tls });
  } catch (error) {
    await close();
    throw error;
  }
  parts.listensOn(`${host}:${server.port}`);
  return {
    url: `https://${host}:${server.port}`,
    port: server.port,
    async stop() {
      stopping.abort();
      await server.stop();
      await close();
    },
  };
}

async function openParts(options: ApiserverOptions, store: StoreClient, stopping: AbortSignal) {
  const { clock, random, log, staticTokens = [], host = "127.0.0.1" } = options;
  const tokens = createTokenIssuer(options.serviceAccountKey, { clock, random });
  const registry: Registry = await createRegistry({
    store,
    kinds,
    clock,
    random,
    log,
    serviceNodePortRange: options.serviceNodePortRange ?? { first: 30_000, last: 32_767 },
    serviceClusterIpCidr: options.serviceClusterIpCidr ?? "10.96.0.0/16",
    issueToken: (grant) => tokens.issue(grant),
  });
  let address = `${host}:${options.port}`;
  const served = () => registry.kinds();
  const verify = accountOfToken({ issuer: tokens, registry, clock });
  const rooms = {
    registry,
    clock,
    random,
    log,
    authenticators: [clientCertificate, bearerToken(staticTokens, verify)],
    authorizers: [superuser, bootstrapPolicy],
    inFlight: createInFlight(),
    kubelets: createKubeletConnector(options.kubeletClient),
    discovery: createDiscovery({ kinds: served, address: () => address }),
    openApi: createOpenApi(served),
    tokens,
    stopping,
  };
  return { rooms, registry, listensOn: (bound: string) => (address = bound) };
}
