// READY, STATUS and RESTARTS of pods. A case is a pod in a few words.

import { expect, test } from "vitest";
import { podKind, type ContainerStatus, type Pod } from "../src/index.ts";

const nowMs = Date.parse("2026-01-01T01:00:00Z");

/**
 * One container status: a state, then words.
 * `run`, `run!` (ready), `wait:Reason`, `end:0`, `end:1:Error`, `end:0::9` (signal 9);
 * `x3` restarts, `@5s` the last run's end, `started`.
 */
function containerStatus(text: string, index: number): ContainerStatus {
  const [state = "", ...words] = text.split(" ");
  const [kind, first = "", reason = "", signal = ""] = state.split(":");
  const restarts = words.find((word) => /^x\d+$/.test(word))?.slice(1) ?? "0";
  const ago = words.find((word) => word.startsWith("@"))?.slice(1, -1);
  const status: ContainerStatus = {
    name: `c${index}`,
    image: "i",
    imageID: "",
    ready: kind === "run!",
    started: words.includes("started"),
    restartCount: Number(restarts),
    state: {},
  };
  if (kind === "run" || kind === "run!") status.state = { running: {} };
  if (kind === "wait") status.state = { waiting: first === "" ? {} : { reason: first } };
  if (kind === "end") {
    status.state = {
      terminated: {
        exitCode: Number(first),
        ...(reason === "" ? {} : { reason }),
        ...(signal === "" ? {} : { signal: Number(signal) }),
      },
    };
  }
  if (ago !== undefined) {
    const finishedAt = new Date(nowMs - Number(ago) * 1000).toISOString();
    status.lastState = { terminated: { exitCode: 1, finishedAt } };
  }
  return status;
}

interface Case {
  phase?: string;
  reason?: string;
  /** Main containers; init containers, those with `*` are sidecars. */
  main?: string[];
  init?: string[];
  conditions?: string[];
  deleted?: true;
  gates?: string[];
}

function podOf({ phase = "Running", main = [], init = [], ...rest }: Case): Pod {
  const plain = init.map((text) => text.replace("*", ""));
  return {
    metadata: {
      name: "p",
      ...(rest.deleted ? { deletionTimestamp: "2026-01-01T00:59:00Z" } : {}),
    },
    spec: {
      containers: main.map((_, i) => ({ name: `c${i}` })),
      initContainers: init.map((text, i) => ({
        name: `c${i}`,
        ...(text.includes("*") ? { restartPolicy: "Always" } : {}),
      })),
    },
    status: {
      phase: phase as "Running",
      ...(rest.reason === undefined ? {} : { reason: rest.reason }),
      conditions: (rest.conditions ?? []).map((text) => {
        const [type = "", reason] = text.split(":");
        return { type, status: reason ? "False" : "True", ...(reason ? { reason } : {}) };
      }),
      containerStatuses: main.map(containerStatus),
      initContainerStatuses: plain.map(containerStatus),
    },
  };
}

const cell = (name: string, pod: Pod) =>
  podKind.columns.find((column) => column.name === name)!.cell(pod, nowMs);

test.each<[string, Case, string, string, string]>([
  ["unscheduled", { phase: "Pending" }, "0/0", "Pending", "0"],
  [
    "gated",
    { phase: "Pending", conditions: ["PodScheduled:SchedulingGated"] },
    "0/0",
    "SchedulingGated",
    "0",
  ],
  [
    "creating",
    { phase: "Pending", main: ["wait:ContainerCreating"] },
    "0/1",
    "ContainerCreating",
    "0",
  ],
  ["running, not ready", { main: ["run"] }, "0/1", "Running", "0"],
  ["ready", { main: ["run!"] }, "1/1", "Running", "0"],
  ["back-off", { main: ["wait:CrashLoopBackOff x3 @5s"] }, "0/1", "CrashLoopBackOff", "3 (5s ago)"],
  [
    "pull back-off beside a ready one",
    { main: ["run!", "wait:ImagePullBackOff"] },
    "1/2",
    "ImagePullBackOff",
    "0",
  ],
  ["the first of two troubles", { main: ["wait:A", "wait:B"] }, "0/2", "A", "0"],
  ["ended well", { phase: "Succeeded", main: ["end:0:Completed"] }, "0/1", "Completed", "0"],
  ["ended badly", { phase: "Failed", main: ["end:1:Error"] }, "0/1", "Error", "0"],
  ["exit code alone", { phase: "Failed", main: ["end:3"] }, "0/1", "ExitCode:3", "0"],
  ["signal alone", { phase: "Failed", main: ["end:137::9"] }, "0/1", "Signal:9", "0"],
  [
    "one done, one ready, pod ready",
    { main: ["end:0:Completed", "run!"], conditions: ["Ready"] },
    "1/2",
    "Running",
    "0",
  ],
  ["one done, one ready, pod not", { main: ["end:0:Completed", "run!"] }, "1/2", "NotReady", "0"],
  ["one done, one failed", { main: ["end:0:Completed", "end:2:Error"] }, "0/2", "Error", "0"],
  ["evicted", { phase: "Failed", reason: "Evicted" }, "0/0", "Evicted", "0"],
  [
    "init 0 of 2",
    { phase: "Pending", main: ["wait:PodInitializing"], init: ["run", "wait:PodInitializing"] },
    "0/1",
    "Init:0/2",
    "0",
  ],
  [
    "init 1 of 2",
    { phase: "Pending", main: ["wait:PodInitializing"], init: ["end:0", "run"] },
    "0/1",
    "Init:1/2",
    "0",
  ],
  [
    "init failed",
    { phase: "Pending", main: ["wait:PodInitializing"], init: ["end:1:Error x2"] },
    "0/1",
    "Init:Error",
    "2",
  ],
  ["init exit code", { phase: "Pending", init: ["end:5"] }, "0/0", "Init:ExitCode:5", "0"],
  ["init signal", { phase: "Pending", init: ["end:137::9"] }, "0/0", "Init:Signal:9", "0"],
  [
    "init back-off",
    { phase: "Pending", init: ["wait:CrashLoopBackOff x4 @70s"] },
    "0/0",
    "Init:CrashLoopBackOff",
    "4 (70s ago)",
  ],
  [
    "init done, main creating",
    { phase: "Pending", main: ["wait:PodInitializing"], init: ["end:0 x1"] },
    "0/1",
    "PodInitializing",
    "0",
  ],
  [
    "sidecar counts",
    { main: ["run!"], init: ["run!* started x2 @30s"] },
    "2/2",
    "Running",
    "2 (30s ago)",
  ],
  [
    "sidecar not started",
    { phase: "Pending", main: ["wait:PodInitializing"], init: ["run*"] },
    "0/2",
    "Init:0/1",
    "0",
  ],
  [
    "init runs again after the pod was initialized",
    { main: ["run!"], init: ["run"], conditions: ["Initialized"] },
    "1/1",
    "Init:0/1",
    "0",
  ],
  ["going", { main: ["run!"], deleted: true }, "1/1", "Terminating", "0"],
  [
    "going, but done",
    { phase: "Succeeded", main: ["end:0:Completed"], deleted: true },
    "0/1",
    "Completed",
    "0",
  ],
  [
    "going from a lost node",
    { main: ["run!"], reason: "NodeLost", deleted: true },
    "1/1",
    "Unknown",
    "0",
  ],
  ["restarts without a known time", { main: ["run! x2"] }, "1/1", "Running", "2"],
  [
    "the newest of two ends",
    { main: ["run! x1 @600s", "run! x1 @20s"] },
    "2/2",
    "Running",
    "2 (20s ago)",
  ],
])("%s", (_, given, ready, status, restarts) => {
  const pod = podOf(given);
  expect([cell("Ready", pod), cell("Status", pod), cell("Restarts", pod)]).toEqual([
    ready,
    status,
    restarts,
  ]);
});

test("finished pods are marked as completed rows", () => {
  const conditions = (phase: string) => podKind.rowConditions!(podOf({ phase }));
  expect(conditions("Running")).toEqual([]);
  expect(conditions("Succeeded")).toMatchObject([{ type: "Completed", reason: "Succeeded" }]);
  expect(conditions("Failed")).toMatchObject([{ type: "Completed", reason: "Failed" }]);
});

test("wide columns say <none> where there is nothing", () => {
  const pod = podOf({});
  const wide = podKind.columns.filter(({ priority }) => priority === 1);
  expect(wide.map((column) => column.cell(pod, nowMs))).toEqual(Array(4).fill("<none>"));
});
