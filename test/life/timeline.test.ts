// The life of a plain nginx pod as its watchers see it: every version of its status, every event.

import { eventKind, podKind, type Event, type Pod, type PodStatus } from "@kubonsai/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type Change, type History } from "../support/history.ts";
import { openTerminal, type Followed, type Terminal } from "../support/terminal.ts";
import { pod } from "./manifests.ts";

let cluster: TestCluster;
let terminal: Terminal;
let pods: History<Pod>;
let events: History<Event>;
/** The same pod as two kubectls print it. */
let rows: Followed[];
beforeAll(async () => {
  cluster = await startTestCluster({ nodes: 1 });
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
  events = await watchHistory<Event>(cluster, eventKind, "shop");
  rows = (["1.36", "1.32"] as const).map((version) =>
    openTerminal(cluster, version).follow("get pods -n shop --watch --output-watch-events"),
  );
});
afterAll(async () => {
  pods.stop();
  events.stop();
  await cluster.stop();
});

/** `PodScheduled+ Ready-(ContainersNotReady)` */
const conditions = ({ conditions = [] }: PodStatus) =>
  conditions
    .map(
      ({ type, status, reason }) =>
        type + (status === "True" ? "+" : "-") + (reason ? `(${reason})` : ""),
    )
    .join(" ");

/** `waiting:ContainerCreating`, `running ready`, `terminated:Completed 0` */
function container({ containerStatuses: [status] = [] }: PodStatus): string {
  if (!status) return "";
  const { waiting, running, terminated } = status.state ?? {};
  const flags = `${status.started ? " started" : ""}${status.ready ? " ready" : ""}`;
  if (waiting) return `waiting:${waiting.reason}${flags}`;
  if (running) return `running${flags}`;
  return `terminated:${terminated?.reason} ${terminated?.exitCode}${flags}`;
}

const told = ({ type, object: { metadata, status = {} } }: Change<Pod>) =>
  [
    type,
    status.phase,
    conditions(status),
    container(status),
    status.podIP ? "podIP" : "",
    metadata.deletionTimestamp ? `deleting:${metadata.deletionGracePeriodSeconds}` : "",
  ].filter((part) => part !== "");

const eventsTold = () =>
  events.changes.map(({ type, object: { reason, message, involvedObject, source } }) =>
    [
      type,
      source?.component ?? "default-scheduler",
      involvedObject.fieldPath ?? "",
      reason,
      message,
    ].join("|"),
  );

const starting =
  "PodReadyToStartContainers- Initialized+ Ready-(ContainersNotReady) ContainersReady-(ContainersNotReady) PodScheduled+";
const set = starting.replace("Containers-", "Containers+");
const running = "PodReadyToStartContainers+ Initialized+ Ready+ ContainersReady+ PodScheduled+";
const ended =
  "PodReadyToStartContainers- Initialized+(PodCompleted) Ready-(PodCompleted) ContainersReady-(PodCompleted) PodScheduled+";

describe("a plain pod", () => {
  it("comes to life in five steps", async () => {
    await terminal.run("apply -f -", { stdin: pod("plain") });
    await pods.until(({ object }) => object.status?.phase === "Running");
    expect(pods.of("plain").map(told)).toEqual([
      ["ADDED", "Pending"],
      ["MODIFIED", "Pending", "PodScheduled+"],
      ["MODIFIED", "Pending", starting, "waiting:ContainerCreating"],
      ["MODIFIED", "Pending", set, "waiting:ContainerCreating"],
      ["MODIFIED", "Running", running, "running started ready", "podIP"],
    ]);
  });

  it("goes in five", async () => {
    const before = pods.changes.length;
    await terminal.wait("delete pod plain -n shop");
    expect(pods.changes.slice(before).map(told)).toEqual([
      ["MODIFIED", "Running", running, "running started ready", "podIP", "deleting:30"],
      // the kubelet has seen the new generation
      ["MODIFIED", "Running", running, "running started ready", "podIP", "deleting:30"],
      ["MODIFIED", "Succeeded", ended, "terminated:Completed 0", "podIP", "deleting:30"],
      ["MODIFIED", "Succeeded", ended, "terminated:Completed 0", "podIP", "deleting:0"],
      ["DELETED", "Succeeded", ended, "terminated:Completed 0", "podIP", "deleting:0"],
    ]);
  });

  it("is shown by kubectl, the newest and the oldest, at every step", async () => {
    for (const followed of rows) {
      await followed.until(/DELETED.*\n/, { stepMs: 0 });
      const [header, ...lines] = (await followed.stop()).trim().split("\n");
      expect(header).toMatch(/^EVENT +NAME +READY +STATUS +RESTARTS +AGE$/);
      expect(lines.map((line) => line.split(/ +/).slice(0, 5).join(" "))).toEqual([
        "ADDED plain 0/1 Pending 0",
        "MODIFIED plain 0/1 Pending 0",
        "MODIFIED plain 0/1 ContainerCreating 0",
        "MODIFIED plain 0/1 ContainerCreating 0",
        "MODIFIED plain 1/1 Running 0",
        "MODIFIED plain 1/1 Terminating 0",
        "MODIFIED plain 1/1 Terminating 0",
        "MODIFIED plain 0/1 Completed 0",
        "MODIFIED plain 0/1 Completed 0",
        "DELETED plain 0/1 Completed 0",
      ]);
    }
  });

  it("leaves its story in events", () => {
    const story = eventsTold().map((line) => line.replace(/\d+(\.\d+)?(ms|s)/g, "TIME"));
    expect(story).toEqual([
      "ADDED|default-scheduler||Scheduled|Successfully assigned shop/plain to node-1",
      'ADDED|kubelet|spec.containers{main}|Pulling|Pulling image "nginx:1.20.2"',
      'ADDED|kubelet|spec.containers{main}|Pulled|Successfully pulled image "nginx:1.20.2" in TIME ' +
        "(TIME including waiting). Image size: 56743741 bytes.",
      "ADDED|kubelet|spec.containers{main}|Created|Container created",
      "ADDED|kubelet|spec.containers{main}|Started|Container started",
      "ADDED|kubelet|spec.containers{main}|Killing|Stopping container main",
    ]);
  });

  it("counts its generation and what its kubelet has seen of it", () => {
    const seen = pods
      .of("plain")
      .map(({ object: { metadata, status } }) => [
        metadata.generation,
        status?.observedGeneration,
        ...new Set(status?.conditions?.map(({ observedGeneration }) => observedGeneration)),
      ]);
    expect(seen[0]).toEqual([1, undefined]);
    expect(seen.at(4)).toEqual([1, 1, 1]);
    expect(seen.at(5)).toEqual([2, 1, 1]);
    expect(seen.at(6)).toEqual([2, 2, 2]);
  });
});
