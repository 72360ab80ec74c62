// The kubelet's conditions: type=status, reason and message.

import type { Pod } from "@kubonsai/api";
import { describe, expect, it } from "vitest";
import { podConditions, type ConditionInput } from "../src/pods/status/conditions.ts";
import { pod, status } from "./support/pods.ts";

function conditions(
  of: Pod,
  states: { [name: string]: string },
  more: Partial<ConditionInput> = {},
) {
  const statuses = Object.entries(states).map(([name, text]) => status(name, text));
  const input: ConditionInput = {
    statuses,
    phase: "Running",
    hasReadySandbox: true,
    foreign: [],
    wasInitialized: false,
    ...more,
  };
  return Object.fromEntries(
    podConditions(of, input).map((one) => [
      one.type,
      [one.status, one.reason, one.message].filter((part) => part !== undefined).join(" | "),
    ]),
  );
}

describe("podConditions", () => {
  it("come in the order in which they are stored", () => {
    expect(Object.keys(conditions(pod("a"), {}))).toEqual([
      "PodReadyToStartContainers",
      "Initialized",
      "Ready",
      "ContainersReady",
      "PodScheduled",
    ]);
  });

  it("say of a pod that waits which containers are not ready", () => {
    const unready = "False | ContainersNotReady | containers with unready status: [a b]";
    expect(
      conditions(pod("a b"), { a: "waiting", b: "waiting" }, { hasReadySandbox: false }),
    ).toEqual({
      PodReadyToStartContainers: "False",
      Initialized: "True",
      Ready: unready,
      ContainersReady: unready,
      PodScheduled: "True",
    });
  });

  it("name init containers that are not done", () => {
    const { Initialized, Ready } = conditions(pod("a | i j"), {
      i: "running",
      j: "waiting",
      a: "waiting",
    });
    expect(Initialized).toBe(
      "False | ContainersNotInitialized | containers with incomplete status: [i j]",
    );
    expect(Ready).toBe("False | ContainersNotReady | containers with unready status: [a]");
  });

  it("tell containers without a status apart", () => {
    const { Initialized, ContainersReady } = conditions(pod("a b | i"), { a: "running" }, {});
    // a regular container runs, so the pod is initialized whatever is known of i
    expect(Initialized).toBe("True");
    expect(ContainersReady).toBe(
      "False | ContainersNotReady | " +
        "containers with unknown status: [b], containers with unready status: [a]",
    );
  });

  it("hold sidecars to the same readiness", () => {
    const { Initialized, Ready } = conditions(pod("a | s*"), { s: "started", a: "ready" });
    expect([Initialized, Ready]).toEqual([
      "True",
      "False | ContainersNotReady | containers with unready status: [s]",
    ]);
  });

  it("wait for readiness gates", () => {
    const gated = pod("a", ({ spec }) => {
      spec.readinessGates = [{ conditionType: "example.com/x" }, { conditionType: "y" }];
    });
    const foreign = [{ type: "y", status: "False" }];
    const { Ready, ContainersReady } = conditions(gated, { a: "ready" }, { foreign });
    expect(ContainersReady).toBe("True");
    expect(Ready).toBe(
      "False | ReadinessGatesNotReady | " +
        'corresponding condition of pod readiness gate "example.com/x" does not exist., ' +
        'the status of pod readiness gate "y" is not "True", but False',
    );
  });

  it.each([
    ["Succeeded", "exit 0", "True | PodCompleted", "False | PodCompleted"],
    ["Failed", "exit 1", "True", "False | PodFailed"],
  ] as const)("end with the pod: %s", (phase, exit, initialized, ready) => {
    const found = conditions(pod("a !Never"), { a: exit }, { phase });
    expect([found["Initialized"], found["Ready"], found["ContainersReady"]]).toEqual([
      initialized,
      ready,
      ready,
    ]);
  });
});
