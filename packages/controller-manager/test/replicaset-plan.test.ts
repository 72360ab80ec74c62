// Replica sets: how many pods come, which go first, what the status says.

import type { Pod } from "@kubonsai/api";
import { expect, test } from "vitest";
import { planReplicas, podFrom } from "../src/replicaset/plan.ts";
import { podsToDelete } from "../src/replicaset/ranking.ts";
import { slowStart } from "../src/replicaset/slow-start.ts";
import { nextAvailableInMs, planStatus } from "../src/replicaset/status.ts";
import { at, NOW, pod, replicaSet } from "./objects.ts";

const pods = (count: number) => Array.from({ length: count }, (_, i) => pod(`p${i}`));

test.each([
  [3, 0, 3, 0],
  [3, 3, 0, 0],
  [1, 3, 0, 2],
  [1200, 100, 500, 0],
  [0, 700, 0, 500],
])("%i wanted, %i there: %i come, %i go", (wanted, there, create, remove) => {
  const active = pods(there);
  const view = { replicaSet: replicaSet(`web ${wanted}`), active, related: () => active };
  const plan = planReplicas({ ...view, nowMs: NOW });
  expect([plan.create, plan.remove.length]).toEqual([create, remove]);
});

test("a pod is made from the template, owned, and named by the server", () => {
  expect(podFrom(replicaSet("web 1")).metadata).toEqual({
    generateName: "web-web-",
    namespace: "ns",
    labels: { app: "web", "pod-template-hash": "web" },
    ownerReferences: [
      {
        apiVersion: "apps/v1",
        kind: "ReplicaSet",
        name: "web-web",
        uid: "uid-web",
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  });
});

const first = (a: Pod, b: Pod, related: Pod[] = []) =>
  podsToDelete([a, b], 1, { related, nowMs: NOW })[0]!.metadata.name;

test.each([
  ["without a node", { node: "" }, {}],
  ["pending", { phase: "Pending" }, {}],
  ["not ready", { ready: false }, {}],
  ["cheap", { annotations: { "controller.kubernetes.io/pod-deletion-cost": "-5" } }, {}],
  ["ready for less long", { readySinceSeconds: 10 }, { readySinceSeconds: 1000 }],
  ["restarted more often", { restarts: 4 }, { restarts: 1 }],
  ["younger", { ageSeconds: 10 }, { ageSeconds: 1000 }],
] as const)("the pod that is %s goes first", (_what, goes, stays) => {
  expect(first(pod("stays", stays), pod("goes", goes))).toBe("goes");
  expect(first(pod("goes", goes), pod("stays", stays))).toBe("goes");
});

test("a pod on a crowded node goes before one that is alone", () => {
  const crowd = [pod("goes", { node: "n1" }), pod("other", { node: "n1" })];
  const alone = pod("stays", { node: "n2" });
  expect(first(alone, crowd[0]!, [...crowd, alone])).toBe("goes");
});

test("the status counts, and is silent when it said so before", () => {
  const set = replicaSet("web 3/0");
  set.spec.minReadySeconds = 30;
  const hash = { app: "web", "pod-template-hash": "web" };
  const active = [
    pod("available", { labels: hash, readySinceSeconds: 60 }),
    pod("ready", { labels: hash, readySinceSeconds: 10 }),
    pod("adopted", { ready: false }),
  ];
  const view = { replicaSet: set, active, terminating: [pod("gone")], nowMs: NOW };
  const status = planStatus(view);
  expect(status).toEqual({
    replicas: 3,
    fullyLabeledReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 1,
    terminatingReplicas: 1,
    observedGeneration: 1,
  });
  expect(nextAvailableInMs(view)).toBe(20_000);
  expect(planStatus({ ...view, replicaSet: { ...set, status: status! } })).toBeUndefined();
});

test("a failure is said once, and taken back when it is over", () => {
  const set = replicaSet("web 3/0");
  const view = { replicaSet: set, active: [], terminating: [], nowMs: NOW };
  const failing = planStatus({ ...view, failure: "quota exceeded" })!;
  expect(failing.conditions).toEqual([
    {
      type: "ReplicaFailure",
      status: "True",
      lastTransitionTime: at(0),
      reason: "FailedCreate",
      message: "quota exceeded",
    },
  ]);
  const again = { ...view, replicaSet: { ...set, status: failing } };
  expect(planStatus({ ...again, failure: "other words" })).toBeUndefined();
  expect(planStatus(again)!.conditions).toBeUndefined();
});

test("slow start doubles its batches and stops at the first failure", async () => {
  const batches: number[] = [];
  let running = 0;
  const call = async () => {
    running++;
    await Promise.resolve();
    if (running > 0) batches.push(running);
    running = 0;
  };
  await slowStart(10, call);
  expect(batches).toEqual([1, 2, 4, 3]);
  let calls = 0;
  const failing = slowStart(100, async () => {
    if (++calls === 3) throw new Error("full");
  });
  await expect(failing).rejects.toThrow("full");
  expect(calls).toBe(3);
});
