// What follows from a pod's spec, and its conditions.

import { describe, expect, test } from "vitest";
import {
  formatQuantity,
  isPodAvailable,
  isPodReady,
  podRequests,
  podKind,
  qosClassOf,
  setPodCondition,
  type Pod,
  type PodSpec,
} from "../src/index.ts";

/** `cpu` of main containers, then of init containers; `*` marks sidecars. */
function specOf(main: string[], init: string[] = [], more: Partial<PodSpec> = {}): PodSpec {
  const of = (text: string, name: string) => ({
    name,
    resources: { requests: { cpu: text.replace("*", "") } },
    ...(text.includes("*") ? { restartPolicy: "Always" } : {}),
  });
  return {
    containers: main.map((text, i) => of(text, `m${i}`)),
    initContainers: init.map((text, i) => of(text, `i${i}`)),
    ...more,
  };
}

test.each<[string, PodSpec, string]>([
  ["sum of main containers", specOf(["1", "500m"]), "1500m"],
  ["largest init container", specOf(["1"], ["3", "2"]), "3"],
  ["sidecars run beside", specOf(["1"], ["500m*"]), "1500m"],
  ["sidecars before an init container", specOf(["1"], ["1*", "3"]), "4"],
  ["sidecars after an init container", specOf(["1"], ["3", "1*"]), "3"],
  ["overhead on top", specOf(["1"], [], { overhead: { cpu: "250m" } }), "1250m"],
  ["the pod's own word", specOf(["1"], [], { resources: { requests: { cpu: "5" } } }), "5"],
])("requests: %s", (_, spec, cpu) => {
  expect(formatQuantity(podRequests(spec).get("cpu")!)).toBe(cpu);
});

describe("quality of service", () => {
  const both = { cpu: "1", memory: "1Gi" };
  test.each<[string, object[], string]>([
    ["nothing asked", [{}], "BestEffort"],
    [
      "limits alone count as requests once defaulted",
      [{ limits: both, requests: both }],
      "Guaranteed",
    ],
    [
      "requests below limits",
      [{ limits: both, requests: { cpu: "1", memory: "1Mi" } }],
      "Burstable",
    ],
    ["one container without", [{ limits: both, requests: both }, {}], "Burstable"],
    ["other resources do not count", [{ requests: { "a.b/c": "1" } }], "BestEffort"],
    ["zero does not count", [{ requests: { cpu: "0" } }], "BestEffort"],
  ])("%s", (_, resources, quality) => {
    const containers = resources.map((one, i) => ({ name: `c${i}`, resources: one }));
    expect(qosClassOf({ containers })).toBe(quality);
  });

  test("is set when a pod is made, and only then", () => {
    const pod: Pod = {
      metadata: {},
      spec: { containers: [{ name: "c" }] },
      status: { phase: "Running" },
    };
    podKind.prepareForCreate!(pod);
    expect(pod.status).toEqual({ phase: "Pending", qosClass: "BestEffort" });
    expect(pod.metadata.generation).toBe(1);
  });
});

describe("conditions", () => {
  const readySince = (time: string): Pod => ({
    metadata: {},
    spec: { containers: [] },
    status: { conditions: [{ type: "Ready", status: "True", lastTransitionTime: time }] },
  });

  test("a pod is available some seconds after it became ready", () => {
    const pod = readySince("2026-01-01T00:00:00Z");
    const start = Date.parse("2026-01-01T00:00:00Z");
    expect(isPodReady(pod)).toBe(true);
    expect(isPodAvailable(pod, 0, start)).toBe(true);
    expect(isPodAvailable(pod, 5, start + 4999)).toBe(false);
    expect(isPodAvailable(pod, 5, start + 5000)).toBe(true);
  });

  test("the transition time moves only with the status", () => {
    const { status } = readySince("2026-01-01T00:00:00Z");
    const later = "2026-01-01T00:01:00Z";
    const ready = { type: "Ready", status: "True", lastTransitionTime: later };
    expect(setPodCondition(status!, ready)).toBe(false);
    expect(status!.conditions![0]!.lastTransitionTime).toBe("2026-01-01T00:00:00Z");
    expect(setPodCondition(status!, { ...ready, status: "False" })).toBe(true);
    expect(status!.conditions![0]).toMatchObject({ status: "False", lastTransitionTime: later });
  });
});
