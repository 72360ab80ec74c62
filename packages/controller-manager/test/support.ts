// The real API server on the real store with the controllers on it, in this process, on virtual time.
// There are no kubelets: tests play them where a pod has to run.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject, Pod } from "@kubonsai/api";
import { startApiserver } from "@kubonsai/apiserver";
import {
  connectClient,
  secondsTimestamp,
  type Client,
  type Connection,
  type Logger,
} from "@kubonsai/client";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { startControllerManager } from "@kubonsai/controller-manager";
import { startStore } from "@kubonsai/store";
import * as resources from "../src/resources.ts";
import { createAuthority } from "../../../test/support/certificates.ts";

export interface TestControllers {
  clock: VirtualClock;
  client: Client;
  /** Warnings and errors that the controllers logged. */
  complaints: string[];
  create(resource: keyof typeof resources, object: KubernetesObject): Promise<KubernetesObject>;
  list<T extends KubernetesObject>(
    resource: keyof typeof resources,
    namespace?: string,
  ): Promise<T[]>;
  /** Gives every pod without one a node and an address, and makes it run and be ready. */
  runPods(): Promise<void>;
  /** `["Normal ScalingReplicaSet Scaled up …"]` */
  events(namespace: string): Promise<string[]>;
  stop(): Promise<void>;
}

export async function startControllers(): Promise<TestControllers> {
  const directory = await mkdtemp(join(tmpdir(), "controllers-"));
  const clock = new VirtualClock(Date.UTC(2026, 0, 1, 12));
  const random = seededRandom(7);
  const complaints: string[] = [];
  const log = complainingLog(complaints);
  const store = await startStore({
    directory: join(directory, "data"),
    socketPath: join(directory, "store.sock"),
    clock,
    log,
  });
  const { ca, issue } = await createAuthority();
  const pair = await issue("127.0.0.1");
  const server = await startApiserver({
    store: store.address,
    port: 0,
    tls: { ca, ...pair },
    kubeletClient: { ca, ...pair },
    serviceAccountKey: pair.key,
    staticTokens: [{ token: "t", user: "admin", groups: ["system:masters"] }],
    clock,
    random,
    log,
  });
  const connection: Connection = {
    server: server.url,
    ca,
    token: "t",
    userAgent: "kube-controller-manager/v1.36",
  };
  const manager = await startControllerManager({
    ...{ connection, clock, random, log },
    rootCa: ca,
  });
  const client = connectClient({ ...connection, userAgent: "test/v1" }, { clock });
  let addresses = 0;
  return {
    clock,
    client,
    complaints,
    create: (resource, object) => client.resource(resources[resource]).create(object),
    async list<T extends KubernetesObject>(resource: keyof typeof resources, namespace = "") {
      return (await client.resource<T>(resources[resource]).list(namespace)).items;
    },
    async runPods() {
      await clock.settle();
      const pods = client.resource<Pod>(resources.pods);
      const { items } = await pods.list("");
      const next = () => `10.0.${++addresses >> 8}.${addresses & 255}`;
      await Promise.all(items.map((pod) => runPod(client, pod, { ip: next(), clock })));
      await clock.settle();
    },
    async events(namespace) {
      await clock.settle();
      const path = `/api/v1/namespaces/${namespace}/events`;
      const { items } = (await client.raw("GET", path)) as {
        items: { type: string; reason: string; message: string }[];
      };
      return items.map(({ type, reason, message }) => `${type} ${reason} ${message}`);
    },
    async stop() {
      client.close();
      await manager.stop();
      await server.stop();
      await store.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function runPod(
  client: Client,
  pod: Pod,
  { ip, clock }: { ip: string; clock: VirtualClock },
): Promise<void> {
  const { namespace = "", name = "", deletionTimestamp } = pod.metadata;
  if (deletionTimestamp || pod.status?.podIP) return;
  const pods = client.resource<Pod>(resources.pods);
  if (!pod.spec.nodeName) {
    const target = { apiVersion: "v1", kind: "Node", name: "n1" };
    const binding = { apiVersion: "v1", kind: "Binding", metadata: { name }, target };
    await pods.call(namespace, name, "binding", binding);
  }
  const lastTransitionTime = secondsTimestamp(clock.now());
  const ready = { type: "Ready", status: "True", lastTransitionTime };
  const status = { phase: "Running", podIP: ip, podIPs: [{ ip }], conditions: [ready] };
  const patch = { type: "strategic", body: { status } } as const;
  await pods.patch(namespace, name, patch, { subresource: "status" });
}

function complainingLog(complaints: string[]): Logger {
  const complain = (fields: object, message: string) => {
    const { err, ...others } = fields as { err?: Error };
    complaints.push(`${message} ${JSON.stringify(others)} ${err?.message ?? ""}`);
  };
  return { debug() {}, info() {}, warn: complain, error: complain };
}
