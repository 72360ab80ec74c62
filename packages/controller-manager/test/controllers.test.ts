// The controllers at work on the real API server.

import type {
  Deployment,
  Endpoints,
  EndpointSlice,
  Namespace,
  Pod,
  ReplicaSet,
} from "@kubonsai/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { node } from "./objects.ts";
import * as resourcesOf from "../src/resources.ts";
import { startControllers, type TestControllers } from "./support.ts";

let cluster: TestControllers;
beforeEach(async () => {
  cluster = await startControllers();
  await cluster.create("nodes", node("n1"));
  await cluster.create("namespaces", named("ns", "Namespace"));
  await cluster.clock.settle();
});
afterEach(() => cluster.stop());

const named = (name: string, kind: string) => ({ apiVersion: "v1", kind, metadata: { name } });

const web = (replicas: number, image = "nginx:1"): Deployment => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "ns" },
  spec: {
    replicas,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "web", image, ports: [{ containerPort: 80 }] }] },
    },
  },
});

const theDeployment = async () => (await cluster.list<Deployment>("deployments", "ns"))[0]!;

test("a namespace gets its account and its certificate", async () => {
  const accounts = await cluster.list("serviceAccounts", "ns");
  const configMaps = await cluster.list("configMaps", "ns");
  expect(accounts.map(({ metadata }) => metadata.name)).toEqual(["default"]);
  expect(configMaps.map(({ metadata }) => metadata.name)).toEqual(["kube-root-ca.crt"]);
});

describe("a deployment", () => {
  test("becomes pods, and says so", async () => {
    await cluster.create("deployments", web(3));
    await cluster.runPods();
    const one = await theDeployment();
    expect(one.metadata.annotations).toEqual({ "deployment.kubernetes.io/revision": "1" });
    expect(one.status).toMatchObject({ replicas: 3, readyReplicas: 3, availableReplicas: 3 });
    expect(one.status!.conditions!.map(({ reason }) => reason).sort()).toEqual([
      "MinimumReplicasAvailable",
      "NewReplicaSetAvailable",
    ]);
    const [set] = await cluster.list<ReplicaSet>("replicaSets", "ns");
    expect(set!.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]+$/);
    const events = await cluster.events("ns");
    expect(events).toContain(
      `Normal ScalingReplicaSet Scaled up replica set ${set!.metadata.name} from 0 to 3`,
    );
    expect(events.filter((event) => event.includes("Created pod: web-"))).toHaveLength(3);
    expect(cluster.complaints).toEqual([]);
  });

  test("rolls out a new template, and back", async () => {
    await cluster.create("deployments", web(3));
    await cluster.runPods();
    const change = async (image: string) => {
      const body = { spec: { template: { spec: { containers: [{ name: "web", image }] } } } };
      const deployments = cluster.client.resource(resourcesOf.deployments);
      await deployments.patch("ns", "web", { type: "strategic", body });
      for (let step = 0; step < 10; step++) {
        await cluster.runPods();
        await cluster.clock.advance(1000);
        await endLeaving();
      }
    };
    await change("nginx:2");
    await change("nginx:1");
    const sets = await cluster.list<ReplicaSet>("replicaSets", "ns");
    const shown = sets.map(({ metadata, spec }) => [
      spec.replicas,
      metadata.annotations!["deployment.kubernetes.io/revision"],
    ]);
    expect(shown.sort()).toEqual([
      [0, "2"],
      [3, "3"],
    ]);
    const one = await theDeployment();
    expect(one.status).toMatchObject({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 });
    expect(one.metadata.annotations).toEqual({ "deployment.kubernetes.io/revision": "3" });
  });

  test("makes no surplus pods, and loses none when it shrinks", async () => {
    await cluster.create("deployments", web(60));
    await cluster.clock.settle();
    expect(await cluster.list("pods", "ns")).toHaveLength(60);
    const deployments = cluster.client.resource(resourcesOf.deployments);
    await deployments.patch("ns", "web", { type: "merge", body: { spec: { replicas: 7 } } });
    await cluster.clock.settle();
    expect(await cluster.list("pods", "ns")).toHaveLength(7);
    const events = await cluster.events("ns");
    expect(events.filter((event) => event.includes("from 60 to 7"))).toHaveLength(1);
  });
});

test("a replica set replaces what is deleted and adopts what fits", async () => {
  await cluster.create("deployments", web(2));
  await cluster.runPods();
  const [first] = await cluster.list<Pod>("pods", "ns");
  const pods = cluster.client.resource(resourcesOf.pods);
  await pods.delete("ns", first!.metadata.name!);
  await cluster.clock.settle();
  const all = await cluster.list<Pod>("pods", "ns");
  expect(all.filter(({ metadata }) => !metadata.deletionTimestamp)).toHaveLength(2);
  const [set] = await cluster.list<ReplicaSet>("replicaSets", "ns");
  expect(set!.status).toMatchObject({ replicas: 2, terminatingReplicas: 1 });
  // taken out of the set by its label, a pod is replaced; put back, one is too many
  const kept = all.find(({ metadata }) => !metadata.deletionTimestamp)!;
  const relabel = async (app: string) => {
    const body = { metadata: { labels: { app } } };
    await pods.patch("ns", kept.metadata.name!, { type: "merge", body });
    await cluster.clock.settle();
  };
  await relabel("debug");
  const loose = await pods.get("ns", kept.metadata.name!);
  expect(loose.metadata.ownerReferences ?? []).toEqual([]);
  expect((await cluster.list<Pod>("pods", "ns")).length).toBe(all.length + 1);
  expect(cluster.complaints).toEqual([]);
});

test("a service lists its pods both ways, ready and leaving", async () => {
  await cluster.create("deployments", web(2));
  await cluster.create("services", {
    ...named("web", "Service"),
    metadata: { name: "web", namespace: "ns" },
    spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
  } as never);
  await cluster.runPods();
  const slices = () => cluster.list<EndpointSlice>("endpointSlices", "ns");
  const conditions = async () =>
    (await slices()).flatMap(({ endpoints = [] }) =>
      endpoints.map(({ conditions: { ready, serving, terminating } = {} }) =>
        [ready && "ready", serving && "serving", terminating && "terminating"]
          .filter(Boolean)
          .join(" "),
      ),
    );
  expect(await conditions()).toEqual(["ready serving", "ready serving"]);
  const [endpoints] = await cluster.list<Endpoints>("endpoints", "ns");
  expect(endpoints!.subsets![0]!.addresses).toHaveLength(2);
  const [pod] = await cluster.list<Pod>("pods", "ns");
  await cluster.client.resource(resourcesOf.pods).delete("ns", pod!.metadata.name!);
  await cluster.clock.settle();
  expect((await conditions()).sort()).toEqual(["ready serving", "serving terminating"]);
  const [after] = await cluster.list<Endpoints>("endpoints", "ns");
  expect(after!.subsets![0]!.addresses).toHaveLength(1);
  const [slice] = await slices();
  expect(slice!.metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
  await cluster.client.resource(resourcesOf.services).delete("ns", "web");
  await cluster.clock.settle();
  expect(await slices()).toEqual([]);
  expect(await cluster.list("endpoints", "ns")).toEqual([]);
  expect(cluster.complaints).toEqual([]);
});

describe("garbage", () => {
  const remove = async (propagationPolicy: "Background" | "Foreground" | "Orphan") => {
    await cluster.create("deployments", web(2));
    await cluster.clock.settle();
    const deployments = cluster.client.resource(resourcesOf.deployments);
    await deployments.delete("ns", "web", { propagationPolicy });
    await cluster.clock.advance(3000);
    const counts = [];
    for (const resource of ["deployments", "replicaSets", "pods"] as const) {
      counts.push((await cluster.list(resource, "ns")).length);
    }
    return counts;
  };

  test("goes in the background", async () => {
    expect(await remove("Background")).toEqual([0, 0, 0]);
  });
  test("goes before its owner", async () => {
    expect(await remove("Foreground")).toEqual([0, 0, 0]);
  });
  test("stays when it is told to, without its owner", async () => {
    expect(await remove("Orphan")).toEqual([0, 1, 2]);
    const [set] = await cluster.list<ReplicaSet>("replicaSets", "ns");
    expect(set!.metadata.ownerReferences ?? []).toEqual([]);
  });
});

test("a namespace goes with all that is in it", async () => {
  await cluster.create("deployments", web(2));
  await cluster.runPods();
  await cluster.client.resource(resourcesOf.namespaces).delete("", "ns");
  await cluster.clock.settle();
  const [leaving] = (await cluster.list<Namespace>("namespaces")).filter(
    ({ metadata }) => metadata.name === "ns",
  );
  expect(leaving!.status!.phase).toBe("Terminating");
  await endLeaving();
  await cluster.clock.advance(10_000);
  const names = (await cluster.list("namespaces")).map(({ metadata }) => metadata.name);
  expect(names).not.toContain("ns");
  for (const resource of ["deployments", "replicaSets", "pods", "configMaps"] as const) {
    expect(await cluster.list(resource, "ns")).toEqual([]);
  }
});

test("a node that falls silent is tainted, and its pods leave in time", async () => {
  await cluster.create("nodes", node("n2"));
  await cluster.create("deployments", web(1));
  await cluster.runPods();
  // n2's kubelet goes on, n1's does not
  const nodes = cluster.client.resource(resourcesOf.nodes);
  const beat = async () => {
    const lastHeartbeatTime = new Date(cluster.clock.now()).toISOString().slice(0, 19) + "Z";
    const conditions = [{ type: "Ready", status: "True", lastHeartbeatTime }];
    const patch = { type: "strategic", body: { status: { conditions } } } as const;
    await nodes.patch("", "n2", patch, { subresource: "status" });
  };
  for (let seconds = 0; seconds < 360; seconds += 10) {
    await beat();
    await cluster.clock.advance(10_000);
    if (seconds !== 60) continue;
    const silent = (await nodes.get("", "n1")) as unknown as ReturnType<typeof node>;
    expect(silent.spec!.taints!.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
      "node.kubernetes.io/unreachable:NoSchedule",
      "node.kubernetes.io/unreachable:NoExecute",
    ]);
    const [pod] = await cluster.list<Pod>("pods", "ns");
    expect(pod!.status!.conditions!.find(({ type }) => type === "Ready")!.status).toBe("False");
    expect(pod!.metadata.deletionTimestamp).toBeUndefined();
  }
  const all = await cluster.list<Pod>("pods", "ns");
  const evicted = all.find(({ metadata }) => metadata.deletionTimestamp)!;
  expect(evicted.status!.conditions).toContainEqual(
    expect.objectContaining({ type: "DisruptionTarget", reason: "DeletionByTaintManager" }),
  );
  expect(all).toHaveLength(2);
  const events = await cluster.events("ns");
  expect(events).toContain(
    `Normal TaintManagerEviction Marking for deletion Pod ns/${evicted.metadata.name}`,
  );
  expect(await cluster.events("default")).toEqual(
    expect.arrayContaining([
      "Normal RegisteredNode Node n1 event: Registered Node n1 in Controller",
      "Normal NodeNotReady Node n1 status is now: NodeNotReady",
    ]),
  );
});

/** Plays the kubelet's last part: pods that are leaving are gone. */
async function endLeaving(): Promise<void> {
  const pods = cluster.client.resource(resourcesOf.pods);
  for (const { metadata } of await cluster.list<Pod>("pods", "ns")) {
    if (!metadata.deletionTimestamp) continue;
    await pods.delete("ns", metadata.name!, { gracePeriodSeconds: 0 });
  }
  await cluster.clock.settle();
}
