// The pod's phase from its containers' states: one line a case.

import { describe, expect, it } from "vitest";
import { podPhase } from "../src/pods/status/phase.ts";
import { pod, status } from "./support/pods.ts";

const cases: [spec: string, states: { [name: string]: string }, phase: string, also?: string][] = [
  ["a", {}, "Pending"],
  ["a", { a: "waiting" }, "Pending"],
  ["a", { a: "running" }, "Running"],
  ["a b", { a: "running", b: "waiting" }, "Pending"],
  ["a b", { a: "running", b: "exit 1" }, "Running"],
  ["a b", { a: "waiting after 1", b: "waiting after 0" }, "Running"],
  ["a", { a: "exit 0" }, "Running"],
  ["a !OnFailure", { a: "exit 0" }, "Succeeded"],
  ["a !OnFailure", { a: "exit 1" }, "Running"],
  ["a !Never", { a: "exit 0" }, "Succeeded"],
  ["a !Never", { a: "exit 1" }, "Failed"],
  ["a b !Never", { a: "exit 0", b: "exit 3" }, "Failed"],
  ["a b !Never", { a: "exit 0", b: "running" }, "Running"],
  ["a", { a: "exit 0" }, "Succeeded", "terminating"],
  ["a", { a: "exit 143" }, "Failed", "terminating"],
  ["a | i", { i: "running", a: "waiting" }, "Pending"],
  ["a | i", { i: "exit 0", a: "running" }, "Running"],
  ["a | i", { i: "exit 1", a: "waiting" }, "Pending"],
  ["a | i !Never", { i: "exit 1", a: "waiting" }, "Failed"],
  ["a | i !Never", { i: "waiting after 1", a: "waiting" }, "Failed"],
  ["a | s*", { s: "running", a: "waiting" }, "Pending"],
  ["a | s*", { s: "started", a: "running" }, "Running"],
  ["a | s*", { s: "waiting after 1", a: "running" }, "Running", "started"],
  ["a | s* !Never", { s: "exit 137", a: "exit 0" }, "Succeeded"],
  ["a | s* !Never", { s: "exit 137", a: "exit 2" }, "Failed"],
];

describe("podPhase", () => {
  it.each(cases)("%s with %o is %s (%s)", (spec, states, phase, also) => {
    const statuses = Object.entries(states).map(([name, text]) => status(name, text));
    const input = {
      statuses,
      isTerminating: also === "terminating",
      hasStarted: also === "started",
    };
    expect(podPhase(pod(spec), input)).toBe(phase);
  });

  it("lets a restart rule bring a container back whose policy is Never", () => {
    const restarting = pod("a !Never", ({ spec }) => {
      spec.containers[0]!.restartPolicy = "Never";
      spec.containers[0]!.restartPolicyRules = [
        { action: "Restart", exitCodes: { operator: "In", values: [42] } },
      ];
    });
    const phaseAfter = (code: number) =>
      podPhase(restarting, {
        statuses: [status("a", `exit ${code}`)],
        isTerminating: false,
        hasStarted: true,
      });
    expect([phaseAfter(42), phaseAfter(1)]).toEqual(["Running", "Failed"]);
  });
});
