// Who is collected when owners go, in each of the three ways.

import type { KubernetesObject, OwnerReference } from "@kubonsai/api";
import { describe, expect, test } from "vitest";
import { OwnerGraph, type Attention } from "../src/garbage-collector/graph.ts";
import { blockingDependents, planCollection } from "../src/garbage-collector/plan.ts";
import { NOW } from "./objects.ts";

interface Traits {
  blocks?: boolean;
  finalizers?: string[];
  leaving?: boolean;
  namespace?: string;
}

/** `object("pod", "set")`: `pod` is owned by `set`. */
function object(uid: string, owners = "", traits: Traits = {}): KubernetesObject {
  const { blocks = true, finalizers, leaving, namespace = "ns" } = traits;
  const ownerReferences = owners
    .split(" ")
    .filter(Boolean)
    .map((name) => reference(name, blocks));
  return {
    apiVersion: "v1",
    kind: "Thing",
    metadata: {
      name: uid,
      uid,
      namespace,
      resourceVersion: "1",
      ...(ownerReferences.length > 0 ? { ownerReferences } : {}),
      ...(finalizers ? { finalizers } : {}),
      ...(leaving ? { deletionTimestamp: new Date(NOW).toISOString() } : {}),
    },
  };
}

const reference = (name: string, blockOwnerDeletion = true): OwnerReference => ({
  apiVersion: "v1",
  kind: "Thing",
  name,
  uid: name,
  blockOwnerDeletion,
});

const names = ({ collect }: Attention) => collect.map(({ uid }) => uid).sort();

describe("the graph", () => {
  test("asks for the dependents of what is gone", () => {
    const graph = new OwnerGraph();
    graph.put(object("set"));
    graph.put(object("pod1", "set"));
    graph.put(object("pod2", "set"));
    expect(names(graph.remove("set"))).toEqual(["pod1", "pod2"]);
  });

  test("asks once for an owner that nobody has seen, and forgets the doubt when it comes", () => {
    const graph = new OwnerGraph();
    expect(names(graph.put(object("pod1", "set")))).toEqual(["set"]);
    expect(names(graph.put(object("pod2", "set")))).toEqual([]);
    expect(graph.get("set")!.isVirtual).toBe(true);
    expect(names(graph.put(object("set")))).toEqual([]);
    expect(graph.get("set")).toMatchObject({ isVirtual: false });
    expect(names(graph.remove("set"))).toEqual(["pod1", "pod2"]);
  });

  test("in foreground deletion looks at the dependents, and at the owner as each goes", () => {
    const graph = new OwnerGraph();
    graph.put(object("set"));
    graph.put(object("pod", "set"));
    const leaving = { leaving: true, finalizers: ["foregroundDeletion"] };
    expect(names(graph.put(object("set", "", leaving)))).toEqual(["pod", "set"]);
    expect(blockingDependents(graph.get("set")!)).toHaveLength(1);
    expect(names(graph.remove("pod"))).toEqual(["set"]);
    expect(blockingDependents(graph.get("set")!)).toHaveLength(0);
  });

  test("a dependent that blocks no more lets its owner be looked at", () => {
    const graph = new OwnerGraph();
    graph.put(object("set", "", { leaving: true, finalizers: ["foregroundDeletion"] }));
    graph.put(object("pod", "set"));
    expect(names(graph.put(object("pod", "set", { blocks: false })))).toContain("set");
    expect(blockingDependents(graph.get("set")!)).toEqual([]);
  });

  test("an orphaning owner is told of by its finalizer", () => {
    const graph = new OwnerGraph();
    const { orphan } = graph.put(object("set", "", { leaving: true, finalizers: ["orphan"] }));
    expect(orphan.map(({ uid }) => uid)).toEqual(["set"]);
  });

  test("an owner in another namespace is no owner", () => {
    const graph = new OwnerGraph();
    graph.put(object("set", "", { namespace: "other" }));
    expect(names(graph.put(object("pod", "set")))).toEqual(["pod"]);
  });
});

describe("an object", () => {
  const graph = new OwnerGraph();
  graph.put(object("set"));
  graph.put(object("pod", "set"));
  const pod = graph.get("pod")!;
  const set = graph.get("set")!;

  test.each([
    ["without owners is kept", [], { do: "keep" }],
    ["with its owners is kept", ["present"], { do: "keep" }],
    [
      "that lost one of two loses the reference",
      ["present", "absent"],
      { do: "dropOwners", uids: ["o1"] },
    ],
    [
      "that lost all goes",
      ["absent", "absent"],
      { do: "delete", policy: "Background", unblock: false },
    ],
    [
      "whose owner waits for it goes",
      ["waiting"],
      { do: "delete", policy: "Background", unblock: false },
    ],
  ] as const)("%s", (_what, states, wanted) => {
    const owners = states.map((state, i) => ({ reference: reference(`o${i}`), state }));
    expect(planCollection(pod, owners)).toEqual(wanted);
  });

  test("with dependents of its own, whose owner waits, waits for them in turn", () => {
    const owners = [{ reference: reference("deployment"), state: "waiting" as const }];
    expect(planCollection(set, owners)).toEqual({
      do: "delete",
      policy: "Foreground",
      unblock: false,
    });
  });

  test("goes as the user asked before", () => {
    const held = { ...pod, finalizers: ["orphan"] };
    const owners = [{ reference: reference("set"), state: "absent" as const }];
    expect(planCollection(held, owners)).toMatchObject({ policy: "Orphan" });
  });
});
