// Deployments: which replica sets grow and shrink, and what is said about it.

import type { Deployment, Pod, ReplicaSet } from "@kubonsai/api";
import { describe, expect, test } from "vitest";
import { planDeployment } from "../src/deployment/plan.ts";
import { isSameTemplate, templateHash } from "../src/deployment/template.ts";
import { at, deployment, NOW, pod, replicaSet } from "./objects.ts";

const plan = (one: Deployment, replicaSets: ReplicaSet[], pods: Pod[] = []) =>
  planDeployment({ deployment: one, replicaSets, podsOfSet: () => pods, nowMs: NOW });

/** `["create web-… 3", "old 8-6"]` */
const steps = (one: Deployment, replicaSets: ReplicaSet[], pods: Pod[] = []) =>
  plan(one, replicaSets, pods).steps.map((step) => {
    const name = step.replicaSet.metadata.name!.replace("web-", "");
    const size = step.replicaSet.spec.replicas;
    if (step.do === "create") return `create ${size}`;
    return step.do === "delete" ? `delete ${name}` : `${name} ${step.from}-${size}`;
  });

/** A replica set as the deployment of this size left it. */
const sized = (shape: string, desired: number, surge = 0, revision = 1) =>
  replicaSet(shape, { desired, most: desired + surge, revision });

describe("a rolling update", () => {
  test.each([
    ["first of all makes the replica set, whole", 3, [], ["create 3"]],
    ["makes the new one as large as the surge allows", 10, ["old 10"], ["create 3", "old 10-8"]],
    ["shrinks the old one when new ones are available", 10, ["old 8", "new 5/5"], ["old 8-3"]],
    ["waits for the new ones", 10, ["old 8", "new 5/0"], []],
    ["grows the new one when there is room", 10, ["old 5", "new 5/5"], ["new 5-8"]],
    ["lets go first what does not work", 10, ["old 8/4", "new 5/4"], ["old 8-4"]],
    ["is over", 10, ["old 0", "new 10"], []],
  ])("%s", (_what, replicas, shapes, wanted) => {
    const one = deployment(replicas, { surge: 3, missing: 2 });
    const sets = shapes.map((shape) => sized(shape, replicas, 3, shape.startsWith("new") ? 2 : 1));
    expect(steps(one, sets)).toEqual(wanted);
  });

  test("with one replica and 25 %, comes first and goes then", () => {
    expect(steps(deployment(1), [sized("old 1", 1, 1)])).toEqual(["create 1"]);
    const sets = [sized("old 1", 1, 1), sized("new 1/1", 1, 1, 2)];
    expect(steps(deployment(1), sets)).toEqual(["old 1-0"]);
  });
});

describe("Recreate", () => {
  const one = deployment(3, { strategy: "Recreate" });

  test("old pods go first, to the last one", () => {
    expect(steps(one, [sized("old 3", 3)])).toEqual(["old 3-0"]);
    expect(steps(one, [sized("old 0", 3)], [pod("last", { leaving: true })])).toEqual([]);
    expect(steps(one, [sized("old 0", 3)], [pod("ended", { phase: "Succeeded" })])).toEqual([
      "create 3",
    ]);
  });
});

describe("scaling", () => {
  test("one replica set takes it all", () => {
    expect(steps(deployment(5), [sized("new 3", 3, 1)])).toEqual(["new 3-5"]);
  });

  test("amid a rollout every replica set takes its share, the largest the rest", () => {
    const one = deployment(20, { surge: 3, missing: 2 });
    const sets = [sized("old 8", 10, 3), sized("new 5/2", 10, 3, 2)];
    expect(steps(one, sets)).toEqual(["old 8-14", "new 5-9"]);
  });

  test("a paused deployment is scaled but not rolled out", () => {
    const one = deployment(4, { paused: true });
    expect(steps(one, [sized("old 3", 3, 1)])).toEqual(["old 3-4"]);
  });
});

describe("revisions", () => {
  test("the new replica set gets the next one, and the deployment's annotations", () => {
    const annotations = {
      "kubernetes.io/change-cause": "why",
      "kubectl.kubernetes.io/last-applied-configuration": "{}",
    };
    const [step] = plan(deployment(1, { annotations }), [
      replicaSet("old 1", { revision: 4 }),
    ]).steps;
    expect(step!.replicaSet.metadata.annotations).toEqual({
      "kubernetes.io/change-cause": "why",
      "deployment.kubernetes.io/revision": "5",
      "deployment.kubernetes.io/desired-replicas": "1",
      "deployment.kubernetes.io/max-replicas": "2",
    });
  });

  test("one that becomes new again remembers its old number", () => {
    const sets = [sized("new 0", 1, 1, 1), sized("old 1", 1, 1, 2)];
    const { steps: taken, write } = plan(deployment(1), sets);
    expect(taken[0]!.replicaSet.metadata.annotations).toMatchObject({
      "deployment.kubernetes.io/revision": "3",
      "deployment.kubernetes.io/revision-history": "1",
    });
    expect(write!.metadata.annotations).toEqual({ "deployment.kubernetes.io/revision": "3" });
  });

  test("those beyond the limit are deleted when the rollout is over", () => {
    const one = deployment(1, {
      history: 1,
      status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
    });
    const sets = [sized("a 0", 1, 1, 1), sized("b 0", 1, 1, 2), sized("new 1", 1, 1, 3)];
    expect(steps(one, sets)).toEqual(["delete a"]);
  });
});

describe("the status", () => {
  const reasons = (one: Deployment, sets: ReplicaSet[]) =>
    plan(one, sets).write?.status?.conditions?.map(
      ({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`,
    );

  test("of a deployment just made", () => {
    const { write } = plan(deployment(3, { status: {} }), []);
    const hash = templateHash(write!.spec.template, undefined);
    expect(write!.status).toMatchObject({ observedGeneration: 1, unavailableReplicas: 3 });
    expect(write!.status!.conditions).toEqual([
      {
        type: "Progressing",
        status: "True",
        reason: "NewReplicaSetCreated",
        message: `Created new replica set "web-${hash}"`,
        lastUpdateTime: at(0),
        lastTransitionTime: at(0),
      },
      {
        type: "Available",
        status: "False",
        reason: "MinimumReplicasUnavailable",
        message: "Deployment does not have minimum availability.",
        lastUpdateTime: at(0),
        lastTransitionTime: at(0),
      },
    ]);
  });

  const progressing = (reason: string, secondsAgo: number) => ({
    type: "Progressing",
    status: "True",
    reason,
    message: "",
    lastUpdateTime: at(secondsAgo),
    lastTransitionTime: at(secondsAgo),
  });

  test("while it gets on", () => {
    const conditions = [progressing("NewReplicaSetCreated", 5)];
    expect(reasons(deployment(3, { conditions }), [sized("new 3/1", 3, 1)])).toEqual([
      "Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability.",
      'Progressing=True ReplicaSetUpdated: ReplicaSet "web-new" is progressing.',
    ]);
  });

  test("when it is complete, and then nothing more", () => {
    const conditions = [progressing("ReplicaSetUpdated", 5)];
    const one = deployment(3, { conditions });
    const sets = [sized("new 3", 3, 1)];
    expect(reasons(one, sets)).toEqual([
      "Available=True MinimumReplicasAvailable: Deployment has minimum availability.",
      'Progressing=True NewReplicaSetAvailable: ReplicaSet "web-new" has successfully progressed.',
    ]);
    const { write } = plan(one, sets);
    expect(plan(write!, sets)).toEqual({ steps: [] });
  });

  test("when it stands still for longer than the deadline", () => {
    const status = (secondsAgo: number) => ({
      ...{ observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 1 },
      availableReplicas: 1,
      conditions: [progressing("ReplicaSetUpdated", secondsAgo)],
    });
    const sets = [sized("new 3/1", 3, 1)];
    expect(plan(deployment(3, { status: status(590) }), sets).againInMs).toBe(11_000);
    expect(reasons(deployment(3, { status: status(601) }), sets)).toContain(
      'Progressing=False ProgressDeadlineExceeded: ReplicaSet "web-new" has timed out progressing.',
    );
  });

  test("while it is paused, and when it is resumed", () => {
    const sets = [sized("new 3", 3, 1)];
    const paused = plan(deployment(3, { paused: true }), sets).write!;
    expect(paused.status!.conditions).toContainEqual(
      expect.objectContaining({ status: "Unknown", reason: "DeploymentPaused" }),
    );
    const resumed = plan({ ...paused, spec: { ...paused.spec, paused: false } }, [
      sized("new 3/1", 3, 1),
    ]);
    expect(resumed.write!.status!.conditions).toContainEqual(
      expect.objectContaining({ status: "Unknown", reason: "DeploymentResumed" }),
    );
  });

  test("a replica set's failure is the deployment's", () => {
    const failing = sized("new 3/0", 3, 1);
    const failure = { type: "ReplicaFailure", status: "True", reason: "FailedCreate" };
    failing.status!.conditions = [{ ...failure, message: "no", lastTransitionTime: at(9) }];
    expect(plan(deployment(3), [failing]).write!.status!.conditions).toContainEqual({
      ...failure,
      message: "no",
      lastTransitionTime: at(9),
      lastUpdateTime: at(9),
    });
  });
});

test("templates are the same whatever their members' order and their hash label", () => {
  const { template } = deployment(1).spec;
  const labelled = {
    spec: { containers: [{ image: "new", name: "web", args: [] }] },
    metadata: { labels: { "pod-template-hash": "abc", app: "web" } },
  };
  expect(isSameTemplate(template, labelled)).toBe(true);
  expect(templateHash(template, undefined)).toBe(templateHash(labelled, undefined));
  expect(templateHash(template, undefined)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{6,10}$/);
  expect(templateHash(template, 1)).not.toBe(templateHash(template, undefined));
});
