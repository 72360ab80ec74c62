// The scheduler at work, seen as users see it: objects of the API server.

import { hostname } from "node:os";
import { findPodCondition, nodeKind, podKind, type Pod, type PodSpec } from "@kubonsai/api";
import { afterEach, beforeEach, expect, it } from "vitest";
import { node, pod, type NodeWords } from "./notation.ts";
import { startSchedulingCluster, type SchedulingCluster } from "./real-apiserver.ts";

let cluster: SchedulingCluster;
beforeEach(async () => void (cluster = await startSchedulingCluster()));
afterEach(async () => {
  await cluster.stop();
});

const pods = () => cluster.client.resource(podKind);
const nodes = () => cluster.client.resource(nodeKind);
const get = (name: string) => pods().get("default", name);

async function addNode(name: string, words: NodeWords = {}): Promise<void> {
  const { status, ...rest } = node(name, words);
  await nodes().create(rest);
  const patch = { type: "strategic", body: { status } } as const;
  await nodes().patch("", name, patch, { subresource: "status" });
  // a node is born tainted; here nobody would take that off
  await nodes().patch("", name, { type: "merge", body: { spec: { taints: null } } });
}

async function addPod(name: string, requests = "", spec: Partial<PodSpec> = {}): Promise<void> {
  const { metadata, ...rest } = pod(name, requests, spec);
  await pods().create({ ...rest, metadata: { name, namespace: metadata.namespace! } } as Pod);
}

interface EventLine {
  type: string;
  reason: string;
  action: string;
  note: string;
  reportingController: string;
  reportingInstance: string;
  regarding: { name: string; uid: string };
}

async function eventsOf(name: string): Promise<EventLine[]> {
  await cluster.clock.settle();
  const path = "/apis/events.k8s.io/v1/namespaces/default/events";
  const { items } = (await cluster.client.raw("GET", path)) as { items: EventLine[] };
  return items.filter(({ regarding }) => regarding.name === name);
}

it("binds a pod and says so", async () => {
  await addNode("a");
  await addPod("web", "cpu=1");
  await cluster.clock.settle();
  const bound = await get("web");
  expect(bound.spec.nodeName).toBe("a");
  expect(findPodCondition(bound, "PodScheduled")).toMatchObject({ status: "True" });
  expect(await eventsOf("web")).toMatchObject([
    {
      type: "Normal",
      reason: "Scheduled",
      action: "Binding",
      note: "Successfully assigned default/web to a",
      reportingController: "default-scheduler",
      reportingInstance: `default-scheduler-${hostname()}`,
      regarding: { name: "web", uid: bound.metadata.uid! },
    },
  ]);
  expect(cluster.complaints).toEqual([]);
});

it("tells a pod that fits nowhere why, and binds it once there is room", async () => {
  await addNode("a", { has: "cpu=2" });
  await addPod("first", "cpu=2");
  await cluster.clock.settle();
  await addPod("second", "cpu=1");
  await cluster.clock.settle();
  const message =
    "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, " +
    "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.";
  const condition = findPodCondition(await get("second"), "PodScheduled");
  expect(condition).toMatchObject({ status: "False", reason: "Unschedulable", message });
  expect(await eventsOf("second")).toMatchObject([
    { type: "Warning", reason: "FailedScheduling", action: "Scheduling", note: message },
  ]);
  await pods().delete("default", "first", { gracePeriodSeconds: 0 });
  await cluster.clock.settle();
  expect((await get("second")).spec.nodeName).toBe("a");
});

it("takes up pods when a node comes, is uncordoned, labelled or untainted", async () => {
  await addPod("any");
  await cluster.clock.settle();
  const before = findPodCondition(await get("any"), "PodScheduled");
  expect(before?.message).toBe("no nodes available to schedule pods");
  await addNode("a", { isCordoned: true, taints: ["gpu=yes:NoSchedule"] });
  await addPod("picky", "", { nodeSelector: { disk: "ssd" } });
  const merge = (body: object) => nodes().patch("", "a", { type: "merge", body });
  await nodes().patch("", "a", {
    type: "merge",
    body: { spec: { taints: [{ key: "gpu", value: "yes", effect: "NoSchedule" }] } },
  });
  await cluster.clock.settle();
  expect((await get("any")).spec.nodeName).toBeUndefined();
  await merge({ spec: { unschedulable: null } });
  await cluster.clock.settle();
  expect((await get("any")).spec.nodeName).toBeUndefined();
  await merge({ spec: { taints: null } });
  await cluster.clock.advance(1000);
  expect((await get("any")).spec.nodeName).toBe("a");
  expect((await get("picky")).spec.nodeName).toBeUndefined();
  await merge({ metadata: { labels: { disk: "ssd" } } });
  await cluster.clock.advance(1000);
  expect((await get("picky")).spec.nodeName).toBe("a");
});

it("leaves alone what is gated, or another scheduler's", async () => {
  await addNode("a");
  await addPod("gated", "", { schedulingGates: [{ name: "wait" }] });
  await addPod("other", "", { schedulerName: "somebody-else" });
  await cluster.clock.advance(60_000);
  expect((await get("gated")).spec.nodeName).toBeUndefined();
  expect((await get("other")).spec.nodeName).toBeUndefined();
  expect((await get("other")).status?.conditions).toBeUndefined();
  expect([...(await eventsOf("gated")), ...(await eventsOf("other"))]).toEqual([]);
  await pods().patch("default", "gated", {
    type: "merge",
    body: { spec: { schedulingGates: [] } },
  });
  await cluster.clock.settle();
  expect((await get("gated")).spec.nodeName).toBe("a");
});

it("spreads many pods evenly and never gives a node more than it has", async () => {
  for (const name of ["a", "b", "c"]) await addNode(name, { has: "cpu=2" });
  await Promise.all(Array.from({ length: 40 }, (_, n) => addPod(`p${n}`, "cpu=200m")));
  await cluster.clock.settle();
  const { items } = await pods().list("default");
  const counts = new Map<string, number>();
  for (const { spec } of items) {
    const name = spec.nodeName ?? "none";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({ a: 10, b: 10, c: 10, none: 10 });
  expect(cluster.complaints).toEqual([]);
});
