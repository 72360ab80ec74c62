// A node whose kubelet fell silent: when it is noticed, what is said of its pods, who takes them away.
// The node has an object and a lease, and nobody behind them.

import {
  eventKind,
  findPodCondition,
  leaseKind,
  nodeKind,
  podKind,
  type Event,
  type Lease,
  type Node,
  type Pod,
} from "@kubonsai/api";
import { microTimestamp, secondsTimestamp } from "@kubonsai/client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type History } from "../support/history.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { pod } from "./manifests.ts";

let cluster: TestCluster;
let terminal: Terminal;
let nodes: History<Node>;
let pods: History<Pod>;
let events: History<Event>;
/** When the node was last heard of. */
let heardMs: number;
beforeAll(async () => {
  cluster = await startTestCluster({ nodes: 1 });
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
  nodes = await watchHistory<Node>(cluster, nodeKind, "");
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
  events = await watchHistory<Event>(cluster, eventKind, "");
  heardMs = cluster.clock.now();
  await addSilentNode();
  await addRunningPod();
});
afterAll(async () => {
  for (const history of [nodes, pods, events]) history.stop();
  await cluster.stop();
});

async function addSilentNode(): Promise<void> {
  const now = secondsTimestamp(heardMs);
  const ready = { type: "Ready", status: "True" as const, reason: "KubeletReady", message: "" };
  const times = { lastHeartbeatTime: now, lastTransitionTime: now };
  const node: Node = { metadata: { name: "silent" }, spec: {}, status: {} };
  await cluster.client.resource<Node>(nodeKind).create(node);
  const body = { status: { conditions: [{ ...ready, ...times }] } };
  const status = { subresource: "status" };
  await cluster.client
    .resource<Node>(nodeKind)
    .patch("", "silent", { type: "strategic", body }, status);
  await cluster.client.resource<Lease>(leaseKind).create({
    metadata: { name: "silent", namespace: "kube-node-lease" },
    spec: {
      holderIdentity: "silent",
      leaseDurationSeconds: 40,
      renewTime: microTimestamp(heardMs),
    },
  });
}

async function addRunningPod(): Promise<void> {
  await terminal.run("apply -f -", { stdin: pod("stranded", { spec: ["nodeName: silent"] }) });
  const condition = (type: string) => ({ type, status: "True" });
  const body = {
    status: {
      phase: "Running",
      conditions: ["Ready", "ContainersReady", "PodScheduled"].map(condition),
    },
  };
  await cluster.client
    .resource<Pod>(podKind)
    .patch("shop", "stranded", { type: "strategic", body }, { subresource: "status" });
}

const seconds = (atMs: number) => (atMs - heardMs) / 1_000;
const get = () => cluster.client.resource<Pod>(podKind).get("shop", "stranded");

it("is Unknown when it was not heard of for 50 s", async () => {
  const { atMs, object } = await nodes.until(
    ({ object: { metadata, status } }) =>
      metadata.name === "silent" &&
      status?.conditions?.find(({ type }) => type === "Ready")?.status === "Unknown",
  );
  expect(seconds(atMs)).toBeGreaterThanOrEqual(50);
  // it is looked at every 5 s, and the time counts from the look that saw its last lease
  expect(seconds(atMs)).toBeLessThanOrEqual(60);
  expect(object.status!.conditions!.find(({ type }) => type === "Ready")).toMatchObject({
    reason: "NodeStatusUnknown",
    message: "Kubelet stopped posting node status.",
  });
  expect(await terminal.run("get node silent --no-headers")).toMatch(/^silent +NotReady /);
});

it("makes its pods unready, and says so", async () => {
  await cluster.clock.advance(1_000);
  expect(findPodCondition(await get(), "Ready")).toMatchObject({ status: "False" });
  const told = events.changes
    .filter(({ object }) => object.source?.component === "node-controller")
    .map(({ object: { involvedObject, type, reason, message } }) =>
      [involvedObject.kind, involvedObject.name, type, reason, message].join(" "),
    );
  expect(told).toContain("Node silent Normal NodeNotReady Node silent status is now: NodeNotReady");
  expect(told).toContain("Pod stranded Warning NodeNotReady Node is not ready");
});

it("is tainted against newcomers, then against those who are there", async () => {
  const { object } = await nodes.until(
    ({ object: { metadata, spec } }) => metadata.name === "silent" && spec?.taints?.length === 2,
  );
  expect(object.spec!.taints!.map(({ key, effect }) => `${key}:${effect}`).sort()).toEqual([
    "node.kubernetes.io/unreachable:NoExecute",
    "node.kubernetes.io/unreachable:NoSchedule",
  ]);
});

it("has its pods evicted after five minutes, which then wait for it for ever", async () => {
  const { atMs, object } = await pods.until(
    ({ object: { metadata } }) => metadata.deletionTimestamp !== undefined,
  );
  const { taints = [] } = nodes.of("silent").at(-1)!.object.spec!;
  const added = taints.find(({ effect }) => effect === "NoExecute")!.timeAdded!;
  expect(Math.round((atMs - Date.parse(added)) / 1_000)).toBeCloseTo(300, 0);
  expect(findPodCondition(object, "DisruptionTarget")).toMatchObject({
    status: "True",
    reason: "DeletionByTaintManager",
    message: "Taint manager: deleting due to NoExecute taint",
  });
  await cluster.clock.advance(600_000);
  expect(await terminal.run("get pod stranded -n shop --no-headers")).toMatch(
    /^stranded +0\/1 +Terminating /,
  );
  const story = events.changes.filter(({ object }) => object.reason === "TaintManagerEviction");
  expect(story.map(({ object: { message } }) => message)).toContain(
    "Marking for deletion Pod shop/stranded",
  );
  await cluster.kubectl("delete pod stranded -n shop --force", { stepMs: 0 });
  await expect(get()).rejects.toMatchObject({ status: { reason: "NotFound" } });
});
