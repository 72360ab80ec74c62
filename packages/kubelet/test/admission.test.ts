// What a node refuses to run, one line a case.

import type { Pod } from "@kubonsai/api";
import { describe, expect, it } from "vitest";
import { admit } from "../src/pods/admission/admit.ts";
import type { NodeContext } from "../src/pods/node-context.ts";
import { pod } from "./support/pods.ts";

const node = {
  name: "node-1",
  allocatable: { cpu: "2", memory: "4Gi", pods: "3" },
  labels: () => ({ "kubernetes.io/os": "linux", disk: "ssd", cores: "8" }),
} as unknown as NodeContext;

const asking = (requests: { [name: string]: string }, change: (pod: Pod) => void = () => {}) =>
  pod("a", (made) => {
    made.spec.containers[0]!.resources = { requests };
    change(made);
  });
const withPort = (hostPort: number, hostIP = "") =>
  pod("a", ({ spec }) => (spec.containers[0]!.ports = [{ containerPort: 80, hostPort, hostIP }]));
const needing = (key: string, operator: string, values: string[] = []) =>
  pod("a", ({ spec }) => {
    const nodeSelectorTerms = [{ matchExpressions: [{ key, operator, values }] }] as never;
    const required = { nodeSelectorTerms };
    spec.affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
  });

const resource = "Node didn't have enough resource: ";
const affinity = "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector";
const ports =
  "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports";

describe("admit", () => {
  it.each<[string, Pod, Pod[], string | undefined]>([
    ["nothing asked", pod("a"), [], undefined],
    ["fits exactly", asking({ cpu: "500m" }), [asking({ cpu: "1500m" })], undefined],
    [
      "too much cpu",
      asking({ cpu: "500m" }),
      [asking({ cpu: "1900m" })],
      `OutOfcpu: ${resource}cpu, requested: 500, used: 1900, capacity: 2000`,
    ],
    [
      "too much memory",
      asking({ memory: "5Gi" }),
      [],
      `OutOfmemory: ${resource}memory, requested: 5368709120, used: 0, capacity: 4294967296`,
    ],
    [
      "an init container that asks for more",
      asking({ cpu: "1" }, ({ spec }) => {
        spec.initContainers = [{ name: "i", image: "x", resources: { requests: { cpu: "3" } } }];
      }),
      [],
      `OutOfcpu: ${resource}cpu, requested: 3000, used: 0, capacity: 2000`,
    ],
    [
      "too many pods",
      pod("a"),
      [pod("a"), pod("a"), pod("a")],
      `OutOfpods: ${resource}pods, requested: 1, used: 3, capacity: 3`,
    ],
    [
      "a selector that fits",
      pod("a", ({ spec }) => (spec.nodeSelector = { disk: "ssd" })),
      [],
      undefined,
    ],
    [
      "a selector that does not",
      pod("a", ({ spec }) => (spec.nodeSelector = { disk: "hdd" })),
      [],
      `NodeAffinity: ${affinity}`,
    ],
    ["In", needing("disk", "In", ["hdd", "ssd"]), [], undefined],
    ["NotIn", needing("disk", "NotIn", ["ssd"]), [], `NodeAffinity: ${affinity}`],
    ["Exists", needing("gpu", "Exists"), [], `NodeAffinity: ${affinity}`],
    ["DoesNotExist", needing("__proto__", "DoesNotExist"), [], undefined],
    ["Gt", needing("cores", "Gt", ["4"]), [], undefined],
    ["Lt", needing("cores", "Lt", ["4"]), [], `NodeAffinity: ${affinity}`],
    ["a free host port", withPort(80), [withPort(81)], undefined],
    ["a taken host port", withPort(80), [withPort(80)], `NodePorts: ${ports}`],
    ["the port on another address", withPort(80, "1.1.1.1"), [withPort(80, "2.2.2.2")], undefined],
    ["the port on all addresses", withPort(80, "1.1.1.1"), [withPort(80)], `NodePorts: ${ports}`],
  ])("%s", (_name, asked, others, expected) => {
    const refusal = admit(asked, { node, others });
    expect(refusal && `${refusal.reason}: ${refusal.message}`).toBe(expected);
  });
});
