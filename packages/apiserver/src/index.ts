// The door of the API server.

import { setMaxListeners } from "node:events";
import { kinds } from "@kubonsai/api";
import type { Clock, Random } from "@kubonsai/clock";
import { connectStore, type ClientTls, type StoreClient } from "@kubonsai/store";
import { bearerToken, userOfTokens, type StaticToken } from "./authentication/bearer-token.ts";
import { clientCertificate } from "./authentication/client-certificate.ts";
import { bootstrapPolicy, bootstrapRules } from "./authorization/bootstrap-policy.ts";
import { allRules } from "./authorization/authorizer.ts";
import { roleBasedPolicy } from "./authorization/role-based.ts";
import { superuser } from "./authorization/superuser.ts";
import { bootstrap } from "./bootstrap/bootstrap.ts";
import { firstClusterIp } from "./bootstrap/kubernetes-service.ts";
import { createKubeletConnector } from "./connect/kubelet-connector.ts";
import { createDiscovery } from "./discovery/discovery.ts";
import { createInFlight } from "./limits/in-flight.ts";
import type { Logger } from "./logger.ts";
import { createOpenApi } from "./openapi/openapi.ts";
import { createRegistry } from "./registry/create-registry.ts";
import { serveHttps, type RunningServer } from "./server.ts";
import { accountOfToken } from "./tokens/account-of-token.ts";
import { createTokenIssuer } from "./tokens/token-issuer.ts";

export type * from "./registry/registry.ts";
export type { StaticToken } from "./authentication/bearer-token.ts";
export type { Logger } from "./logger.ts";

export interface ApiserverOptions {
  /** Addresses that the store's client takes, or a client, which then stays the caller's own. */
  store: string | StoreClient;
  /** PEM: for a store behind TLS. */
  storeTls?: ClientTls;
  /** Stands before every key in the store. */
  storePrefix?: string;
  /** Other API servers write to the store as well: what is current is asked of it. */
  sharesStore?: boolean;
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
  /** Where pods find the server, on the nodes' network: no loopback address. */
  advertiseAddress?: string;
  clock: Clock;
  random: Random;
  log: Logger;
}

const SERVICE_CIDR = "10.96.0.0/16";
/** The machine itself, on the network of its simulated nodes. */
const ADVERTISED = "172.18.0.1";

export interface RunningApiserver {
  /** `https://127.0.0.1:6443` */
  readonly url: string;
  readonly port: number;
  /** Ends watches and frees the port within two seconds. */
  stop(): Promise<void>;
}

/** Resolves when the server answers. @throws Error with code EADDRINUSE when the port is taken */
export async function startApiserver(options: ApiserverOptions): Promise<RunningApiserver> {
  const { host = "127.0.0.1", store } = options;
  const client = typeof store === "string" ? connect(store, options) : store;
  const stopping = new AbortController();
  // every open watch listens
  setMaxListeners(0, stopping.signal);
  const { rooms, listensOn } = await openParts(options, client, stopping.signal);
  let server: RunningServer | undefined;
  const stop = async () => {
    stopping.abort();
    await server?.stop();
    rooms.kubelets.close();
    await rooms.registry.close();
    if (typeof store === "string") await client.close();
  };
  try {
    server = await serveHttps({ rooms, host, port: options.port, tls: options.tls });
    listensOn(`${host}:${server.port}`);
    await bootstrap(rooms.registry, {
      advertiseAddress: options.advertiseAddress ?? ADVERTISED,
      port: server.port,
      clusterIp: firstClusterIp(options.serviceClusterIpCidr ?? SERVICE_CIDR),
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `https://${host}:${server.port}`, port: server.port, stop };
}

const connect = (address: string, { storeTls, storePrefix, clock }: ApiserverOptions) =>
  connectStore({ address, tls: storeTls, prefix: storePrefix, clock });

async function openParts(options: ApiserverOptions, store: StoreClient, stopping: AbortSignal) {
  const { clock, random, log, staticTokens = [], host = "127.0.0.1" } = options;
  const tokens = createTokenIssuer(options.serviceAccountKey, { clock, random });
  const registry = await createRegistry({
    store,
    sharesStore: options.sharesStore ?? false,
    kinds,
    clock,
    random,
    log,
    serviceNodePortRange: options.serviceNodePortRange ?? { first: 30_000, last: 32_767 },
    serviceClusterIpCidr: options.serviceClusterIpCidr ?? SERVICE_CIDR,
    issueToken: (grant) => tokens.issue(grant),
  });
  let address = `${host}:${options.port}`;
  const served = () => registry.kinds();
  const userOfToken = userOfTokens(
    staticTokens,
    accountOfToken({ issuer: tokens, registry, clock }),
  );
  const roles = roleBasedPolicy(registry);
  const rooms = {
    registry,
    clock,
    random,
    log,
    authenticators: [clientCertificate, bearerToken(userOfToken)],
    authorizers: [superuser, bootstrapPolicy, roles.authorizer],
    rulesFor: allRules([bootstrapRules, roles.rulesFor]),
    userOfToken,
    inFlight: createInFlight(),
    kubelets: createKubeletConnector(options.kubeletClient),
    discovery: createDiscovery({ kinds: served, address: () => address }),
    openApi: createOpenApi(served),
    tokens,
    stopping,
  };
  return { rooms, listensOn: (bound: string) => (address = bound) };
}
