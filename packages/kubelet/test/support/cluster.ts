// The real API server on the real store with the kubelet before it: pods are bound by hand.

import { startApiserver } from "@kubonsai/apiserver";
import { connectClient, type Client, type Logger } from "@kubonsai/client";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { startStore } from "@kubonsai/store";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKubelet } from "../../src/index.ts";
import {
  createAuthority,
  signingKey,
  type Authority,
  type Pair,
} from "../../../../test/support/certificates.ts";

export interface TestCluster {
  clock: VirtualClock;
  client: Client;
  authority: Authority;
  /** Of the kubelet's server. */
  port: number;
  /** May call the kubelet. */
  apiserverPair: Pair;
  restartKubelet(): Promise<void>;
  stopServer(): Promise<void>;
  /** On the same port. */
  startServer(): Promise<void>;
  stop(): Promise<void>;
}

const loud = process.env["KUBONSAI_TEST_LOG"] !== undefined;
const write = (fields: object, text: string) => void (loud && console.error(text, fields));
const log: Logger = { debug: write, info: write, warn: write, error: console.error };

export async function startCluster(nodes = 1): Promise<TestCluster> {
  const directory = await mkdtemp(join(tmpdir(), "kubelet-"));
  const clock = new VirtualClock();
  const random = seededRandom(7);
  const socketPath = join(directory, "store.sock");
  const store = await startStore({ clock, log, directory: join(directory, "data"), socketPath });
  const authority = await createAuthority();
  const { ca } = authority;
  const [serving, admin, node, apiserverPair] = await Promise.all([
    authority.issue("kube-apiserver"),
    authority.issue("admin", ["system:masters"]),
    authority.issue("system:node:test", ["system:nodes"]),
    authority.issue("kube-apiserver-kubelet-client"),
  ]);
  const serviceAccountKey = await signingKey();
  const serve = (port: number) =>
    startApiserver({
      clock,
      random,
      log,
      store: `unix:${socketPath}`,
      port,
      tls: { ca, ...serving },
      kubeletClient: { ca, ...apiserverPair },
      serviceAccountKey,
      serviceNodePortRange: { first: 30_000, last: 60_000 },
    });
  let server = await serve(0);
  const connection = (pair: Pair, userAgent: string) => ({
    server: server.url,
    ca,
    certificate: pair.cert,
    key: pair.key,
    userAgent,
  });
  const start = () =>
    startKubelet({
      connection: connection(node, "kubelet/v1.36"),
      clock,
      random,
      log,
      nodes,
      serving: { ...serving, clientCa: ca },
    });
  let kubelet = await start();
  const client = connectClient(connection(admin, "test/v0"), { clock });
  return {
    clock,
    client,
    authority,
    apiserverPair,
    get port() {
      return kubelet.port;
    },
    async restartKubelet() {
      await kubelet.stop();
      kubelet = await start();
    },
    stopServer: () => server.stop(),
    async startServer() {
      server = await serve(server.port);
    },
    async stop() {
      await kubelet.stop();
      client.close();
      await server.stop();
      await store.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
