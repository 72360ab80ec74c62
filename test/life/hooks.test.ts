// A Tomcat that writes its page when it starts and takes its time before it stops.

import {
  endpointSliceKind,
  eventKind,
  podKind,
  type EndpointSlice,
  type Event,
  type Pod,
} from "@kubonsai/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type History } from "../support/history.ts";
import { freeNodePort, page } from "../support/page.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";

const NODE_PORT = await freeNodePort();
const PAGE = "/usr/local/tomcat/webapps/ROOT/index.html";
let cluster: TestCluster;
let terminal: Terminal;
let pods: History<Pod>;
let slices: History<EndpointSlice>;
let events: History<Event>;
beforeAll(async () => {
  cluster = await startTestCluster();
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
  slices = await watchHistory<EndpointSlice>(cluster, endpointSliceKind, "shop");
  events = await watchHistory<Event>(cluster, eventKind, "shop");
});
afterAll(async () => {
  for (const history of [pods, slices, events]) history.stop();
  await cluster.stop();
});

const manifest = (greeting = `echo 'A word from the hook' >> ${PAGE}`) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: desk, namespace: shop, labels: {app: desk}}
spec:
  replicas: 1
  selector:
    matchLabels: {app: desk}
  template:
    metadata:
      labels: {app: desk}
    spec:
      terminationGracePeriodSeconds: 60
      containers:
      - name: app
        image: tomcat:7.0.94-alpine 
        lifecycle:
          postStart:
            exec:
              # 注册
              command: ["/bin/sh", "-c", "${greeting}"]

            # httpGet: {path: index.html, port: 80}
          preStop:
            exec:
              command:
                - /bin/bash
                - -c
                - 'sleep 10000000'
              # command: ["/usr/local/tomcat/bin/catalina.sh", "stop"]
        ports:
          - {name: http, containerPort: 8080}

---
apiVersion: v1
kind: Service
metadata: {name: desk, namespace: shop}
spec:
  type: NodePort
  selector: {app: desk}
  ports:
  - {name: http, port: 80, targetPort: 8080, nodePort: ${NODE_PORT}, protocol: TCP}
`;

const body = async () => (await page(cluster.clock, `http://127.0.0.1:${NODE_PORT}/`)).body;
const names = async () =>
  (await terminal.run("get pods -n shop -l app=desk -o name")).trim().split("\n");
const nameOf = async () => {
  const all = await cluster.client.resource<Pod>(podKind).list("shop");
  return all.items.find(({ metadata }) => !metadata.deletionTimestamp)!.metadata.name!;
};
const apply = async (text = manifest()) => {
  await terminal.run("apply -f -", { stdin: text });
  await terminal.wait("rollout status deployment/desk -n shop");
  await cluster.clock.advance(3_000);
  return nameOf();
};
const gone = (name: string) =>
  pods.until(({ type, object }) => type === "DELETED" && object.metadata.name === name);
const toldOf = (name: string) =>
  events.changes
    .filter(({ object }) => object.involvedObject.name === name)
    .map(({ object: { type, reason, message } }) => `${type} ${reason} ${message}`);

describe("a hook after the start", () => {
  it("has written the page that the server serves", async () => {
    const name = await apply();
    const written = await terminal.run(`exec -n shop ${name} -- cat ${PAGE}`);
    expect(written).toBe("A word from the hook\n");
    expect(await body()).toBe("A word from the hook\n");
  });

  it("left the log to the server", async () => {
    const log = await terminal.run(`logs -n shop ${await nameOf()}`);
    expect(log).toMatch(/INFO: Server startup in \d+ ms\n$/);
    expect(log).not.toContain("A word from the hook");
  });
});

describe("a hook before the stop that takes longer than the grace", () => {
  let name: string;
  let replacement: string;
  let markedMs: number;

  it("keeps the pod there, marked and out of service, with another already at work", async () => {
    name = await nameOf();
    markedMs = cluster.clock.now();
    await terminal.run(`delete pod ${name} -n shop --wait=false`);
    const { object } = await pods.until(
      ({ object }) =>
        object.metadata.name === name && object.metadata.deletionTimestamp !== undefined,
    );
    expect(object.metadata.deletionGracePeriodSeconds).toBe(60);
    const leftMs = Date.parse(object.metadata.deletionTimestamp!) - markedMs;
    expect(leftMs).toBeGreaterThan(59_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    const row = await terminal.run(`get pod ${name} -n shop --no-headers`);
    expect(row).toMatch(/ 1\/1 +Terminating +0 /);
    await cluster.clock.advance(3_000);
    replacement = await nameOf();
    expect(replacement).not.toBe(name);
    expect(toldOf(name)).toContain("Normal Killing Stopping container app");
    const conditions = slices.changes
      .flatMap(({ object }) => object.endpoints ?? [])
      .filter(({ targetRef }) => targetRef?.name === name)
      .at(-1)?.conditions;
    expect(conditions).toEqual({ ready: false, serving: true, terminating: true });
  });

  it("is cut off when the grace is over; the server ends on its signal", async () => {
    const { atMs } = await gone(name);
    const seconds = (atMs - markedMs) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(60);
    expect(seconds).toBeLessThanOrEqual(64);
    const last = pods.of(name).findLast(({ type }) => type === "MODIFIED")!.object;
    expect(last.status!.containerStatuses![0]!.state!.terminated!.exitCode).toBe(143);
  });

  it("is cut off early when asked to", async () => {
    await terminal.wait(`delete pod ${replacement} -n shop --grace-period=3`);
    const startMs = pods
      .of(replacement)
      .find(({ object }) => object.metadata.deletionTimestamp !== undefined)!.atMs;
    const seconds = ((await gone(replacement)).atMs - startMs) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(3);
    expect(seconds).toBeLessThanOrEqual(7);
  });

  it("is no hindrance to a deletion by force", async () => {
    await cluster.clock.advance(5_000);
    const forced = await nameOf();
    const command = `delete pod ${forced} -n shop --force --grace-period=0`;
    const { stdout } = await cluster.kubectl(command, { stepMs: 0 });
    expect(stdout).toBe(`pod "${forced}" force deleted from shop namespace\n`);
    expect(await names()).not.toContain(`pod/${forced}`);
  });

  it("keeps the old pod beside the new one for a minute of a restart", async () => {
    await cluster.clock.advance(5_000);
    const old = await nameOf();
    await terminal.run("rollout restart deployment/desk -n shop");
    await pods.until(
      ({ object }) =>
        object.metadata.name === old && object.metadata.deletionTimestamp !== undefined,
    );
    await cluster.clock.advance(30_000);
    expect(await names()).toContain(`pod/${old}`);
    expect(await body()).toBe("A word from the hook\n");
    await gone(old);
  });
});

describe("a hook after the start that fails", () => {
  it("costs the container its life, again and again", async () => {
    await terminal.run("apply -f -", { stdin: manifest("exit 7") });
    const { object } = await pods.until(
      ({ object }) => (object.status?.containerStatuses?.[0]?.restartCount ?? 0) >= 1,
    );
    const told = toldOf(object.metadata.name!).find((line) => line.includes("FailedPostStartHook"));
    expect(told).toMatch(/^Warning FailedPostStartHook PostStartHook failed/);
    expect(pods.of(object.metadata.name!).every((change) => !isReady(change.object))).toBe(true);
  });
});

function isReady({ status }: Pod): boolean {
  return (
    status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false
  );
}
