// What the kubelet does for a pod, as one line: `sandbox start i, kill a (message), killPod`.

import { describe, expect, it } from "vitest";
import { planPod } from "../src/pods/plan.ts";
import { type ProbeResults } from "../src/pods/pod-actions.ts";
import { pod, runtime } from "./support/pods.ts";

const quiet: ProbeResults = { liveness: () => undefined, startup: () => undefined };

function plan(
  spec: Parameters<typeof pod>[0] | ReturnType<typeof pod>,
  status: ReturnType<typeof runtime>,
  probes: ProbeResults = quiet,
): string {
  const actions = planPod(typeof spec === "string" ? pod(spec) : spec, status, probes);
  const words: string[] = [];
  if (actions.createSandbox) words.push("sandbox");
  else if (actions.killPod) words.push("killPod");
  for (const { container, message } of actions.kill)
    words.push(`kill ${container.name} (${message})`);
  for (const { name } of actions.startInit) words.push(`init ${name}`);
  for (const { name } of actions.start) words.push(`start ${name}`);
  return words.join(", ");
}

describe("planPod", () => {
  it.each<[string, string, ReturnType<typeof runtime>]>([
    ["a b", "sandbox, start a, start b", runtime({}, "none")],
    ["a | i j", "sandbox, init i", runtime({}, "none")],
    ["a b", "start a, start b", runtime({})],
    ["a b", "", runtime({ a: "running", b: "running" })],
    ["a b", "start b", runtime({ a: "running", b: "exit 1" })],
    ["a", "start a", runtime({ a: "created" })],
    ["a b !OnFailure", "start b", runtime({ a: "exit 0", b: "exit 1" })],
    ["a b !Never", "", runtime({ a: "exit 0", b: "running" })],
    ["a b !Never", "killPod", runtime({ a: "exit 0", b: "exit 1" })],
    // init containers, one after the other
    ["a | i j", "init i", runtime({})],
    ["a | i j", "", runtime({ i: "running" })],
    ["a | i j", "init j", runtime({ i: "exit 0" })],
    ["a | i j", "init i", runtime({ i: "exit 1" })],
    ["a | i j", "start a", runtime({ j: "exit 0", i: "exit 0" })],
    ["a | i j !Never", "killPod", runtime({ i: "exit 1" })],
    ["a | i", "", runtime({ a: "running" })],
    // sidecars
    ["a | s* i", "init i", runtime({ s: "running" })],
    ["a | s* i", "start a", runtime({ i: "exit 0", s: "running" })],
    ["a | i s*", "start a", runtime({ s: "running", i: "exit 0" })],
    ["a | s*", "init s", runtime({ s: "exit 1", a: "running" })],
    ["a | s* !Never", "killPod", runtime({ s: "running", a: "exit 0" })],
    // a new sandbox
    ["a | i", "sandbox, init i", runtime({ a: "exit 255", i: "exit 0" }, "lost")],
    ["a b", "sandbox, start a, start b", runtime({ a: "exit 255", b: "exit 255" }, "lost")],
    ["a !Never", "killPod", runtime({ a: "exit 255" }, "lost")],
    ["a b !OnFailure", "sandbox, start b", runtime({ a: "exit 0", b: "exit 255" }, "lost")],
    ["a !OnFailure", "killPod", runtime({ a: "exit 0" }, "lost")],
  ])("%s: %s", (spec, expected, status) => {
    expect(plan(spec, status)).toBe(expected);
  });

  const failing = (type: "liveness" | "startup", id: string): ProbeResults => ({
    ...quiet,
    [type]: (one: string) => (one === id ? "failure" : "success"),
  });

  it.each<[string, "liveness" | "startup", string]>([
    ["a", "liveness", "kill a (Container a failed liveness probe, will be restarted), start a"],
    ["a", "startup", "kill a (Container a failed startup probe, will be restarted), start a"],
    ["a !Never", "liveness", "killPod, kill a (Container a failed liveness probe)"],
    [
      "a !OnFailure",
      "liveness",
      "kill a (Container a failed liveness probe, will be restarted), start a",
    ],
  ])("%s with a failed %s probe: %s", (spec, type, expected) => {
    expect(plan(spec, runtime({ a: "running" }), failing(type, "a-0"))).toBe(expected);
  });

  it("restarts a sidecar whose probe failed", () => {
    const withProbes = pod("a | s*", ({ spec }) => {
      spec.initContainers![0]!.livenessProbe = { exec: { command: ["true"] } };
    });
    const status = runtime({ s: "running", a: "running" });
    expect(plan(withProbes, status, failing("liveness", "s-0"))).toBe(
      "kill s (Init container s failed liveness probe), init s",
    );
  });

  it("holds the next container until a sidecar's startup probe has passed", () => {
    const withProbes = pod("a | s*", ({ spec }) => {
      spec.initContainers![0]!.startupProbe = { exec: { command: ["true"] } };
    });
    const status = runtime({ s: "running" });
    const results = [undefined, "unknown", "success"] as const;
    const plans = results.map((result) =>
      plan(withProbes, status, { ...quiet, startup: () => result }),
    );
    expect(plans).toEqual(["", "", "start a"]);
  });

  it("restarts a container whose image was changed", () => {
    const changed = pod("a !Never", ({ spec }) => (spec.containers[0]!.image = "nginx:1.26"));
    expect(plan(changed, runtime({ a: "running" }))).toBe(
      "kill a (Container a definition changed, will be restarted), start a",
    );
  });

  it("starts nothing for a pod that is being deleted", () => {
    const deleted = pod(
      "a",
      ({ metadata }) => (metadata.deletionTimestamp = "2026-01-01T00:00:00Z"),
    );
    expect(plan(deleted, runtime({ a: "exit 1" }))).toBe("killPod");
  });
});
