// Decisions as tables: which node a pod goes to, and what it is told when there is none.

import { seededRandom } from "@kubonsai/clock";
import type { NodeSelectorRequirement, Pod, PodSpec } from "@kubonsai/api";
import { describe, expect, it } from "vitest";
import { enoughOf, schedule, totalScores } from "../src/decision/schedule.ts";
import type { ClusterState } from "../src/nodes/cluster-state.ts";
import { plugins } from "../src/plugins/index.ts";
import { demandOf } from "../src/pods/pod-demand.ts";
import { cluster, node, pod, withPorts } from "./notation.ts";

/** The node's name, or the whole text. */
function decide(wanted: Pod, nodes: ClusterState, seed = 1): string {
  const random = seededRandom(seed);
  const decision = schedule(demandOf(wanted), { nodes, plugins, random });
  return "nodeName" in decision ? decision.nodeName : decision.failure.message;
}

const none = (total: number, reasons: string, preemption: string) =>
  `0/${total} nodes are available: ${reasons}. ` +
  `no new claims to deallocate, preemption: 0/${total} nodes are available: ${preemption}.`;
const useless = (count: number) => `${count} Preemption is not helpful for scheduling`;
const victimless = (count: number) => `${count} No preemption victims found for incoming pod`;

const needs = (...terms: object[]): Partial<PodSpec> => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
    },
  },
});
const label = (
  key: string,
  operator: NodeSelectorRequirement["operator"],
  ...values: string[]
) => ({
  matchExpressions: [{ key, operator, values }],
});
const named = (...values: string[]) => ({
  matchFields: [{ key: "metadata.name", operator: "In", values }],
});
const tolerating = (toleration: object): Partial<PodSpec> => ({ tolerations: [toleration] });

const noMatch = "node(s) didn't match Pod's node affinity/selector";
const a = node("a");
const full = { a: [pod("x", "cpu=3")] };

describe("a pod that no node can take is told", () => {
  it.each<[why: string, Pod, ClusterState, text: string]>([
    ["no nodes", pod("p"), cluster([]), "no nodes available to schedule pods"],
    ["cordoned", pod("p"), cluster([node("a", { isCordoned: true })]),
      none(1, "1 node(s) were unschedulable", useless(1))],
    ["another node's name", pod("p", "", { nodeName: "b" }), cluster([a]),
      none(1, "1 node(s) didn't match the requested node name", useless(1))],
    ["tainted", pod("p"), cluster([node("a", { taints: ["gpu=yes:NoSchedule"] })]),
      none(1, "1 node(s) had untolerated taint(s)", useless(1))],
    ["selector", pod("p", "", { nodeSelector: { disk: "ssd" } }), cluster([a]),
      none(1, `1 ${noMatch}`, useless(1))],
    ["affinity", pod("p", "", needs(label("disk", "In", "ssd"))), cluster([a]),
      none(1, `1 ${noMatch}`, useless(1))],
    ["conflicting names", pod("p", "", needs({ matchFields: [...named("a").matchFields, ...named("b").matchFields] })),
      cluster([a]), none(1, "pod affinity terms conflict", useless(1))],
    ["a name that leaves nodes out", pod("p", "cpu=9", needs(named("a"))), cluster([a, node("b")]),
      none(2, "1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]", useless(2))],
    ["port", withPorts("p", "80"), cluster([a], { a: [withPorts("x", "80")] }),
      none(1, "1 node(s) didn't have free ports for the requested pod ports", victimless(1))],
    ["cpu taken", pod("p", "cpu=2"), cluster([a], full),
      none(1, "1 Insufficient cpu", victimless(1))],
    ["more cpu than there is", pod("p", "cpu=5"), cluster([a], full),
      none(1, "1 Insufficient cpu", useless(1))],
    ["cpu and memory", pod("p", "cpu=2 memory=8Gi"), cluster([a], { a: [pod("x", "cpu=3 memory=1Gi")] }),
      none(1, "1 Insufficient cpu, 1 Insufficient memory", victimless(1))],
    ["a resource nobody has", pod("p", "example.com/gpu=1"), cluster([a]),
      none(1, "1 Insufficient example.com/gpu", useless(1))],
    ["too many pods", pod("p"), cluster([node("a", { has: "pods=1" })], { a: [pod("x")] }),
      none(1, "1 Too many pods", victimless(1))],
    ["of everything, sorted as text", pod("p", "cpu=2"),
      cluster([a, node("b", { isCordoned: true }), node("c", { taints: ["x:NoExecute"] }), node("d")],
        { a: [pod("x", "cpu=3")], d: [pod("y", "cpu=4")] }),
      none(4, "1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 2 Insufficient cpu",
        `${victimless(2)}, ${useless(2)}`)],
    ["never preempting", pod("p", "cpu=2", { preemptionPolicy: "Never" }), cluster([a], full),
      "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never."],
  ])("%s", (_, wanted, nodes, text) => expect(decide(wanted, nodes)).toBe(text)); // prettier-ignore
});

describe("a pod fits", () => {
  const tainted = node("a", { taints: ["gpu=yes:NoSchedule"] });
  it.each<[why: string, Pod, ClusterState]>([
    ["to the last milli", pod("p", "cpu=1000m"), cluster([a], full)],
    ["requesting nothing where nothing is left", pod("p"), cluster([a], { a: [pod("x", "cpu=4")] })],
    ["tolerating by value", pod("p", "", tolerating({ key: "gpu", value: "yes", effect: "NoSchedule" })), cluster([tainted])],
    ["tolerating by existence", pod("p", "", tolerating({ key: "gpu", operator: "Exists" })), cluster([tainted])],
    ["tolerating everything", pod("p", "", tolerating({ operator: "Exists" })), cluster([tainted])],
    ["where it would rather not be", pod("p"), cluster([node("a", { taints: ["x:PreferNoSchedule"] })])],
    ["cordoned but tolerated", pod("p", "", tolerating({ key: "node.kubernetes.io/unschedulable", operator: "Exists" })),
      cluster([node("a", { isCordoned: true })])],
    ["by one of two terms", pod("p", "", needs(label("x", "Exists"), label("n", "Gt", "3"))),
      cluster([node("a", { labels: "n=4" })])],
    ["by what it is not", pod("p", "", needs(label("disk", "NotIn", "hdd"))), cluster([a])],
    ["by what it lacks", pod("p", "", needs(label("constructor", "DoesNotExist"))), cluster([a])],
    ["by name", pod("p", "", needs(named("a"))), cluster([node("b"), a])],
    ["another protocol", withPorts("p", "UDP/80"), cluster([a], { a: [withPorts("x", "80")] })],
    ["another address", withPorts("p", "10.0.0.1:80"), cluster([a], { a: [withPorts("x", "10.0.0.2:80")] })],
  ])("%s", (_, wanted, nodes) => expect(decide(wanted, nodes)).toBe("a")); // prettier-ignore

  it("not beside the same port of every address", () => {
    const nodes = cluster([a], { a: [withPorts("x", "80")] });
    expect(decide(withPorts("p", "10.0.0.1:80"), nodes)).toContain("didn't have free ports");
  });
});

describe("of several nodes it takes", () => {
  const prefers = (weight: number, ...terms: string[]): Partial<PodSpec> => ({
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: terms.map((key) => ({
          weight,
          preference: label(key, "Exists"),
        })),
      },
    },
  });
  const b = node("b");
  it.each<[why: string, Pod, ClusterState, string]>([
    ["the emptiest", pod("p", "cpu=1 memory=2Gi"), cluster([a, b], { b: [pod("x", "cpu=2 memory=4Gi")] }), "a"],
    ["the emptiest even when pods request nothing", pod("p"), cluster([a, b], { a: [pod("x"), pod("y")], b: [pod("z")] }), "b"],
    ["the better balanced", pod("p", "cpu=1"),
      cluster([a, b], { a: [pod("x", "cpu=2 memory=2Gi")], b: [pod("y", "cpu=1 memory=4Gi")] }), "b"],
    ["the one with the image", pod("p"), cluster([a, node("b", { images: "nginx:latest=900" })]), "b"],
    ["the one without an unwanted taint", pod("p"), cluster([node("a", { taints: ["x:PreferNoSchedule"] }), b]), "b"],
    ["the preferred", pod("p", "", prefers(10, "ssd")), cluster([a, node("b", { labels: "ssd=1" })]), "b"],
    ["the only one that fits", pod("p", "cpu=2"), cluster([a, b], { a: [pod("x", "cpu=3")] }), "b"],
  ])("%s", (_, wanted, nodes, name) => expect(decide(wanted, nodes)).toBe(name)); // prettier-ignore

  it("each sometimes when they are equal, the same with the same seed", () => {
    const nodes = cluster([a, b, node("c")]);
    const choices = Array.from({ length: 60 }, (_, seed) => decide(pod("p"), nodes, seed));
    expect(new Set(choices)).toEqual(new Set(["a", "b", "c"]));
    expect(decide(pod("p"), nodes, 5)).toBe(choices[5]);
  });
});

describe("scores", () => {
  const score = (wanted: Pod, nodes: ClusterState) =>
    totalScores(demandOf(wanted), nodes.all, { nodes, plugins });

  // 300 for tolerated taints in each
  it.each<[why: string, Pod, ClusterState, number[]]>([
    // (4000-1000)/4000 = 75, (8-2)/8 = 75 → 75; balance 50 + (50 + 100 - 100) / 2 = 75
    ["an empty node", pod("p", "cpu=1 memory=2Gi"), cluster([a]), [300 + 75 + 75]],
    // nothing requested: 100m and 200Mi are assumed → (97 + 97) / 2; no say in balance
    ["a pod without requests", pod("p"), cluster([a]), [300 + 97]],
    // cpu half, memory a quarter: 50 and 75 → 62; balance 87 after, 100 before: 50 + (50 - 13) / 2
    ["an imbalance", pod("p", "cpu=2 memory=2Gi"), cluster([a]), [300 + 62 + 68]],
    // 900 MiB on one of two nodes count 450: 100 * (450 - 23) / (1000 - 23) = 43
    ["an image", pod("p"), cluster([node("a", { images: "nginx:latest=900" }), node("b")]), [300 + 97 + 43, 300 + 97]],
  ])("%s", (_, wanted, nodes, scores) => expect(score(wanted, nodes)).toEqual(scores)); // prettier-ignore
});

it.each([[1, 1], [99, 99], [100, 100], [250, 120], [1000, 420], [6000, 300]])(
  "of %i nodes, %i that will do are enough",
  (total, enough) => expect(enoughOf(total)).toBe(enough),
); // prettier-ignore

describe("the cluster as assumed", () => {
  it("counts a pod once however often it is told, and gives back what it took", () => {
    const state = cluster([a], { a: [pod("x", "cpu=1")] });
    const bound = pod("x", "cpu=1", { nodeName: "a" });
    state.setPod(bound);
    state.setPod(bound);
    expect(state.get("a")!.requested.get("cpu")).toBe(1000);
    expect(state.forget("default/x")).toBeUndefined();
    expect(state.removePod("default/x")?.name).toBe("a");
    expect(state.get("a")!.requested.get("cpu")).toBe(0);
    expect(state.get("a")!.podCount).toBe(0);
  });

  it("keeps pods of a node that it does not know yet", () => {
    const state = cluster([], { a: [pod("x", "cpu=1")] });
    expect(state.all).toEqual([]);
    state.setNode(a);
    expect(state.get("a")!.requested.get("cpu")).toBe(1000);
    state.removeNode("a");
    expect(state.all).toEqual([]);
  });

  it("weighs init containers, sidecars and overhead as Kubernetes does", () => {
    const request = (cpu: string) => ({ name: cpu, resources: { requests: { cpu } } });
    const demand = demandOf(
      pod("p", "", {
        initContainers: [{ ...request("1"), restartPolicy: "Always" }, request("5")],
        containers: [request("1"), request("2")],
        overhead: { cpu: "100m" },
      }),
    );
    expect(demand.requests.get("cpu")).toBe(6100);
  });
});
