// Nodes that fall silent, their taints, and the pods on them.

import type { Lease, Node, Taint, Toleration } from "@kubonsai/api";
import { VirtualClock } from "@kubonsai/clock";
import { describe, expect, test } from "vitest";
import { observe, silentConditions, type Health } from "../src/node-lifecycle/health.ts";
import { TaintQueue } from "../src/node-lifecycle/taint-queue.ts";
import { planNoExecute, planNoSchedule } from "../src/node-lifecycle/taints.ts";
import { evictionRate, zoneState } from "../src/node-lifecycle/zones.ts";
import { planPodGc } from "../src/pod-gc/plan.ts";
import { stayMs } from "../src/taint-eviction/plan.ts";
import { at, node, NOW, pod } from "./objects.ts";

const SECOND = 1000;

describe("a kubelet", () => {
  const lease = (renewTime: string): Lease => ({ metadata: { name: "n1" }, spec: { renewTime } });
  const heard: Health = { heardMs: NOW, heartbeat: at(10), renewTime: at(10) };
  const look = (laterMs: number, renewTime = at(10), one: Node = node("n1")) =>
    observe({ node: one, lease: lease(renewTime), known: heard, nowMs: NOW + laterMs }).heardMs -
    NOW;

  test("is heard of by a renewed lease or a new heartbeat", () => {
    expect(look(40 * SECOND)).toBe(0);
    expect(look(40 * SECOND, at(5))).toBe(40 * SECOND);
    const beating = node("n1");
    beating.status!.conditions![1]!.lastHeartbeatTime = at(1);
    expect(look(40 * SECOND, at(10), beating)).toBe(40 * SECOND);
  });

  test("is silent after 50 seconds, and that is said once", () => {
    const one = node("n1");
    expect(silentConditions(one, heard, NOW + 50 * SECOND)).toBeUndefined();
    const conditions = silentConditions(one, heard, NOW + 50 * SECOND + 1)!;
    expect(
      conditions.map(({ type, status, reason, message }) => [type, status, reason, message]),
    ).toEqual([
      ["MemoryPressure", "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."],
      ["Ready", "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."],
      ["DiskPressure", "Unknown", "NodeStatusNeverUpdated", "Kubelet never posted node status."],
      ["PIDPressure", "Unknown", "NodeStatusNeverUpdated", "Kubelet never posted node status."],
    ]);
    const silent = { ...one, status: { conditions } };
    expect(silentConditions(silent, heard, NOW + 90 * SECOND)).toBeUndefined();
  });

  test("that never posted has 60 seconds from the node's creation", () => {
    const one: Node = { ...node("n1"), status: {} };
    one.metadata.creationTimestamp = at(0);
    const known = observe({ node: one, lease: undefined, known: undefined, nowMs: NOW + 9 });
    expect(known.heardMs).toBe(NOW);
    expect(silentConditions(one, known, NOW + 60 * SECOND)).toBeUndefined();
    expect(silentConditions(one, known, NOW + 61 * SECOND)).toHaveLength(4);
  });
});

describe("taints", () => {
  const tainted = (one: Node, ...taints: Taint[]): Node => ({
    ...one,
    spec: { ...one.spec, taints },
  });
  const shown = (taints: Taint[] | undefined) =>
    taints?.map(({ key, effect }) => `${key.replace("node.kubernetes.io/", "")}:${effect}`);

  test("follow the conditions and leave others' alone", () => {
    const own = { key: "gpu", effect: "NoSchedule" } as const;
    expect(planNoSchedule(node("n1"), NOW)).toBeUndefined();
    expect(shown(planNoSchedule(tainted(node("n1", "False"), own), NOW))).toEqual([
      "gpu:NoSchedule",
      "not-ready:NoSchedule",
    ]);
    const before = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" } as const;
    expect(shown(planNoSchedule(tainted(node("n1", "Unknown"), before), NOW))).toEqual([
      "unreachable:NoSchedule",
    ]);
    const cordoned = { ...node("n1"), spec: { unschedulable: true } };
    expect(shown(planNoSchedule(cordoned, NOW))).toEqual(["unschedulable:NoSchedule"]);
  });

  test("of eviction exclude each other and carry their time", () => {
    const notReady = { key: "node.kubernetes.io/not-ready", effect: "NoExecute" } as const;
    const one = tainted(node("n1", "Unknown"), notReady);
    expect(planNoExecute(one, "node.kubernetes.io/unreachable", NOW)).toEqual([
      { key: "node.kubernetes.io/unreachable", effect: "NoExecute", timeAdded: at(0) },
    ]);
    expect(planNoExecute(one, undefined, NOW)).toEqual([]);
    expect(planNoExecute(one, "node.kubernetes.io/not-ready", NOW)).toBeUndefined();
  });
});

test.each([
  ["Normal", 3, 0, 0.1],
  ["Normal", 3, 2, 0.1],
  ["PartialDisruption", 5, 3, 0],
  ["PartialDisruption", 60, 40, 0.01],
  ["FullDisruption", 2, 2, 0.1],
] as const)(
  "a zone is in %s when of %i nodes %i fail: %d per second",
  (state, size, failing, rate) => {
    const nodes = Array.from({ length: size }, (_, i) =>
      node(`n${i}`, i < failing ? "Unknown" : "True"),
    );
    expect(zoneState(nodes)).toBe(state);
    expect(evictionRate(state, size, false)).toBe(rate);
    expect(evictionRate(state, size, true)).toBe(0);
  },
);

test("nodes are given up one at a time, the first at once, then one in ten seconds", async () => {
  const clock = new VirtualClock(NOW);
  const at: string[] = [];
  const queue = new TaintQueue(clock, async (name) => void at.push(`${name} ${clock.now() - NOW}`));
  for (const name of ["a", "b", "c", "d"]) queue.add(name);
  queue.remove("c");
  await clock.advance(60 * SECOND);
  expect(at).toEqual(["a 0", "b 10000", "d 20000"]);
  queue.setRate(0);
  queue.add("e");
  await clock.advance(60 * SECOND);
  expect(at).toHaveLength(3);
  queue.stop();
});

describe("a pod on a tainted node", () => {
  const taint = (key: string): Taint => ({ key, effect: "NoExecute" });
  const tolerating = (key: string, tolerationSeconds?: number): Toleration => ({
    key,
    operator: "Exists",
    effect: "NoExecute",
    ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
  });

  test.each([
    ["stays without taints", [], [], Infinity],
    ["stays with another effect", [{ key: "a", effect: "NoSchedule" as const }], [], Infinity],
    ["goes at once", [taint("a")], [], 0],
    [
      "goes at once when one taint is not tolerated",
      [taint("a"), taint("b")],
      [tolerating("a", 9)],
      0,
    ],
    ["stays for ever", [taint("a")], [tolerating("a")], Infinity],
    ["stays as long as it tolerates", [taint("a")], [tolerating("a", 300)], 300_000],
    [
      "stays the shorter time",
      [taint("a"), taint("b")],
      [tolerating("a", 300), tolerating("b", 20)],
      20_000,
    ],
    ["tolerates everything", [taint("a")], [{ operator: "Exists" as const }], Infinity],
    ["tolerates one value", [{ ...taint("a"), value: "x" }], [{ key: "a", value: "y" }], 0],
  ])("%s", (_what, taints, tolerations, wanted) => {
    expect(stayMs(taints, tolerations)).toBe(wanted);
  });
});

describe("pods that nobody else removes", () => {
  const missingSinceMs = new Map<string, number>();
  const doomed = (pods: ReturnType<typeof pod>[], laterMs = 0, nodes: Node[] = [node("n1")]) =>
    planPodGc({
      pods,
      nodeOf: (name) => nodes.find(({ metadata }) => metadata.name === name),
      missingSinceMs,
      nowMs: NOW + laterMs,
    }).map(({ pod: { metadata }, why }) => `${metadata.name} ${why}`);

  test("their node is gone, and still is 40 seconds later", () => {
    const lost = [pod("lost", { node: "gone" }), pod("well")];
    expect(doomed(lost)).toEqual([]);
    expect(doomed(lost, 39 * SECOND)).toEqual([]);
    expect(doomed(lost, 40 * SECOND)).toEqual(["lost orphaned"]);
    expect(doomed([pod("well")], 60 * SECOND)).toEqual([]);
    expect(doomed(lost, 80 * SECOND)).toEqual([]);
  });

  test("they leave without ever having had a node, or on one that is out of service", () => {
    expect(doomed([pod("unbound", { node: "", leaving: true })])).toEqual(["unbound unscheduled"]);
    const off = node("off", "Unknown");
    off.spec!.taints = [{ key: "node.kubernetes.io/out-of-service", effect: "NoExecute" }];
    const pods = [pod("leaving", { node: "off", leaving: true }), pod("staying", { node: "off" })];
    expect(doomed(pods, 0, [off])).toEqual(["leaving outOfService"]);
  });
});
