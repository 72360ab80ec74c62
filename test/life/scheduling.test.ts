// Pods that wait for a node: what they, and whoever asks, are told, and that they go on by
// themselves when the reason is gone.

import { findPodCondition, podKind, type Pod } from "@kubonsai/api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { pod } from "./manifests.ts";

let cluster: TestCluster;
let terminal: Terminal;
beforeAll(async () => {
  cluster = await startTestCluster();
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
});
afterAll(() => cluster.stop());

const get = (name: string) => cluster.client.resource<Pod>(podKind).get("shop", name);
const apply = async (manifest: string) => {
  await terminal.run("apply -f -", { stdin: manifest });
  await cluster.clock.advance(1_000);
};
const columns = async (name: string) => {
  const line = await terminal.run(`get pod ${name} -n shop --no-headers -o wide`);
  return line.trim().split(/ {2,}/);
};
const events = (name: string) =>
  terminal.run([
    ...`get events -n shop --field-selector involvedObject.name=${name} -o`.split(" "),
    "jsonpath={range .items[*]}{.type} {.reason} {.message}\n{end}",
  ]);

const unhelpful =
  "no new claims to deallocate, preemption: 0/3 nodes are available: " +
  "3 Preemption is not helpful for scheduling.";

it("a label that no node has keeps a pod waiting until one has it", async () => {
  await apply(pod("picky", { spec: ["nodeSelector: {disk: ssd}"] }));
  const message = `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${unhelpful}`;
  const none = "<none>";
  expect(await columns("picky")).toEqual([
    "picky",
    "0/1",
    "Pending",
    "0",
    "1s",
    none,
    none,
    none,
    none,
  ]);
  expect(await events("picky")).toBe(`Warning FailedScheduling ${message}\n`);
  const { status, spec } = await get("picky");
  expect(findPodCondition({ status } as Pod, "PodScheduled")).toMatchObject({
    status: "False",
    reason: "Unschedulable",
    message,
  });
  expect(spec!.nodeName).toBeUndefined();

  await terminal.run("label node node-2 disk=ssd");
  await terminal.wait("wait --for=condition=Ready pod/picky -n shop --timeout=60s");
  expect((await get("picky")).spec!.nodeName).toBe("node-2");
  expect(await events("picky")).toContain(
    "Normal Scheduled Successfully assigned shop/picky to node-2\n",
  );
});

it("more cpu than any node has keeps it waiting for ever", async () => {
  await apply(pod("greedy", { container: ["resources: {requests: {cpu: 500}}"] }));
  await cluster.clock.advance(60_000);
  const message = `0/3 nodes are available: 3 Insufficient cpu. ${unhelpful}`;
  expect(await events("greedy")).toBe(`Warning FailedScheduling ${message}\n`);
  expect((await get("greedy")).status?.phase).toBe("Pending");
});

it("a pod that waits for a node goes at once when it is deleted", async () => {
  await apply(pod("idle", { spec: ["nodeSelector: {disk: tape}"] }));
  const before = cluster.clock.now();
  expect(await terminal.run("delete pod idle -n shop")).toBe(
    'pod "idle" deleted from shop namespace\n',
  );
  expect(cluster.clock.now()).toBe(before);
  await expect(get("idle")).rejects.toMatchObject({ status: { reason: "NotFound" } });
});

it("cordoned nodes take nothing until they are uncordoned", async () => {
  await terminal.run("cordon node-1 node-2 node-3");
  expect(await terminal.run("get nodes --no-headers")).toMatch(
    /^(node-\d +Ready,SchedulingDisabled .*\n){3}$/,
  );
  await apply(pod("patient"));
  expect(await events("patient")).toBe(
    `Warning FailedScheduling 0/3 nodes are available: 3 node(s) were unschedulable. ${unhelpful}\n`,
  );
  await terminal.run("uncordon node-3");
  await terminal.wait("wait --for=condition=Ready pod/patient -n shop --timeout=60s");
  expect((await get("patient")).spec!.nodeName).toBe("node-3");
  await terminal.run("uncordon node-1 node-2");
});

it("a tainted node is left to those who tolerate it", async () => {
  await terminal.run("taint node node-1 node-2 node-3 reserved=yes:NoSchedule");
  await apply(pod("stranger"));
  expect(await events("stranger")).toBe(
    `Warning FailedScheduling 0/3 nodes are available: 3 node(s) had untolerated taint(s). ${unhelpful}\n`,
  );
  await apply(pod("guest", { spec: ["tolerations: [{key: reserved, operator: Exists}]"] }));
  await terminal.wait("wait --for=condition=Ready pod/guest -n shop --timeout=60s");
  await terminal.run("taint node node-1 reserved-");
  await terminal.wait("wait --for=condition=Ready pod/stranger -n shop --timeout=60s");
  expect((await get("stranger")).spec!.nodeName).toBe("node-1");
});
