// How pods end: what is told, to whom, in which order, and when they are gone.

import {
  endpointSliceKind,
  endpointsKind,
  eventKind,
  podKind,
  type Endpoints,
  type EndpointSlice,
  type Event,
  type Pod,
} from "@kubonsai/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type Change, type History } from "../support/history.ts";
import { freeNodePort, page } from "../support/page.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { deployment, pod, service, SHOP, together } from "./manifests.ts";

const NODE_PORT = await freeNodePort();
let cluster: TestCluster;
let terminal: Terminal;
let pods: History<Pod>;
let slices: History<EndpointSlice>;
let endpoints: History<Endpoints>;
let events: History<Event>;
beforeAll(async () => {
  cluster = await startTestCluster();
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
  slices = await watchHistory<EndpointSlice>(cluster, endpointSliceKind, "shop");
  endpoints = await watchHistory<Endpoints>(cluster, endpointsKind, "shop");
  events = await watchHistory<Event>(cluster, eventKind, "shop");
});
afterAll(async () => {
  for (const history of [pods, slices, endpoints, events]) history.stop();
  await cluster.stop();
});

const start = async (name: string, lines: { spec?: string[]; container?: string[] }) => {
  await terminal.run("apply -f -", { stdin: pod(name, lines) });
  await terminal.wait(`wait --for=condition=Ready pod/${name} -n shop --timeout=60s`);
  return running(name);
};
const running = (name: string) => cluster.client.resource<Pod>(podKind).get("shop", name);
/** Asks for the end and returns at once. */
const remove = (name: string, flags = "") =>
  terminal.run(`delete pod ${name} -n shop --wait=false ${flags}`.trim());
const gone = (name: string) =>
  pods.until(({ type, object }) => type === "DELETED" && object.metadata.name === name);
const marked = (name: string) =>
  pods.of(name).find(({ object }) => object.metadata.deletionTimestamp !== undefined)!;
/** Seconds from the deletion to the last of the object. */
const lasted = async (name: string) =>
  Math.round((await gone(name)).atMs - marked(name).atMs) / 1_000;
const eventsOf = (name: string) =>
  events.changes
    .filter(({ object }) => object.involvedObject.name === name)
    .map(({ object: { type, reason, message } }) => `${type} ${reason} ${message}`);
const ended = (name: string) => {
  const { phase, containerStatuses: [container] = [] } = pods.of(name).at(-1)!.object.status!;
  const { exitCode, reason } = container!.state!.terminated!;
  return { phase, exitCode, reason };
};
const sleeper = "command: [sleep, '100000']";
const busybox = "image: busybox:1.36";

describe("a pod of a deployment behind a service", () => {
  let name: string;
  let ip: string;
  beforeAll(async () => {
    const shop = together(deployment({ graceSeconds: 60 }), service(NODE_PORT));
    await terminal.run("apply -f -", { stdin: shop });
    await terminal.wait("rollout status deployment/shop -n shop");
    name = (await terminal.run(`get pods -n shop -l ${SHOP} -o name`)).trim().slice("pod/".length);
    ip = (await running(name)).status!.podIP!;
    expect(await remove(name)).toBe(`pod "${name}" deleted from shop namespace\n`);
    await gone(name);
    await terminal.wait("rollout status deployment/shop -n shop");
  });

  it("is marked with the time and the grace it has", () => {
    const { metadata } = marked(name).object;
    expect(metadata.deletionGracePeriodSeconds).toBe(60);
    const endMs = Date.parse(metadata.deletionTimestamp!);
    const markedMs = marked(name).atMs;
    expect(endMs).toBe(Math.floor(markedMs / 1_000) * 1_000 + 60_000);
  });

  it("is no ready endpoint any more, but serves while it ends", () => {
    const states = slices.changes.flatMap(({ object }) =>
      (object.endpoints ?? [])
        .filter(({ addresses }) => addresses[0] === ip)
        .map(({ conditions }) => conditions),
    );
    const distinct = [...new Set(states.map((state) => JSON.stringify(state)))];
    expect(distinct.map((state) => JSON.parse(state) as object)).toEqual([
      { ready: true, serving: true, terminating: false },
      { ready: false, serving: true, terminating: true },
    ]);
    const terminating = slices.changes.find(({ object }) =>
      object.endpoints?.some(({ conditions }) => conditions?.terminating),
    )!;
    expect(terminating.atMs - marked(name).atMs).toBeLessThanOrEqual(100);
  });

  it("leaves the old endpoints at once", () => {
    const left = endpoints.changes.find(
      ({ atMs, object }) =>
        atMs >= marked(name).atMs && !JSON.stringify(object.subsets ?? []).includes(`"${ip}"`),
    )!;
    expect(left.atMs - marked(name).atMs).toBeLessThanOrEqual(100);
  });

  it("stops long before its grace is over, because nginx listens to the signal", async () => {
    expect(await lasted(name)).toBeLessThan(5);
    expect(eventsOf(name).at(-1)).toBe("Normal Killing Stopping container web");
    expect(ended(name)).toEqual({ phase: "Succeeded", exitCode: 0, reason: "Completed" });
  });

  it("shows its last status before it is gone", () => {
    const last = pods.of(name).slice(-3);
    expect(
      last.map(({ type, object }) => [
        type,
        object.status?.phase,
        object.metadata.deletionGracePeriodSeconds,
      ]),
    ).toEqual([
      ["MODIFIED", "Succeeded", 60],
      ["MODIFIED", "Succeeded", 0],
      ["DELETED", "Succeeded", 0],
    ]);
  });

  it("is replaced at once, not when it is gone", async () => {
    const successor = pods.changes.find(
      ({ type, atMs }) => type === "ADDED" && atMs >= marked(name).atMs,
    )!;
    expect(successor.atMs - marked(name).atMs).toBeLessThanOrEqual(100);
    expect(successor.object.metadata.ownerReferences).toEqual(
      marked(name).object.metadata.ownerReferences,
    );
    const answer = await page(cluster.clock, `http://127.0.0.1:${NODE_PORT}/`);
    expect(answer.status).toBe(200);
  });
});

describe("a program that does not listen", () => {
  it("is killed when the grace is over", async () => {
    await start("deaf", { container: [busybox, sleeper] });
    await remove("deaf");
    const lines = await terminal.run("get pod deaf -n shop --no-headers");
    expect(lines).toMatch(/^deaf +1\/1 +Terminating +0 +\d+s\n$/);
    expect(await lasted("deaf")).toBeCloseTo(30, 0);
    expect(ended("deaf")).toEqual({ phase: "Failed", exitCode: 137, reason: "Error" });
    expect(eventsOf("deaf").at(-1)).toBe("Normal Killing Stopping container main");
  });

  it("keeps kubectl waiting until then", async () => {
    await start("awaited", {
      spec: ["terminationGracePeriodSeconds: 7"],
      container: [busybox, sleeper],
    });
    await terminal.wait("delete pod awaited -n shop");
    expect(await lasted("awaited")).toBeCloseTo(7, 0);
    await expect(running("awaited")).rejects.toMatchObject({ status: { reason: "NotFound" } });
  });

  it("gets the grace that is asked for", async () => {
    await start("hurried", { container: [busybox, sleeper] });
    await remove("hurried", "--grace-period=3");
    expect(marked("hurried").object.metadata.deletionGracePeriodSeconds).toBe(3);
    expect(await lasted("hurried")).toBeCloseTo(3, 0);
  });

  it("gets a second and not less when none is asked for", async () => {
    await start("now", { container: [busybox, sleeper] });
    await remove("now", "--now");
    expect(marked("now").object.metadata.deletionGracePeriodSeconds).toBe(1);
    // the runtime never gives less than two seconds between the signals
    expect(await lasted("now")).toBeCloseTo(2, 0);
  });

  it("may have its grace shortened afterwards", async () => {
    await start("impatient", { container: [busybox, sleeper] });
    await remove("impatient");
    await cluster.clock.advance(10_000);
    await remove("impatient", "--grace-period=12");
    const until = (change: Change<Pod>) => Date.parse(change.object.metadata.deletionTimestamp!);
    const shortened = pods.of("impatient").at(-1)!;
    expect(until(marked("impatient")) - until(shortened)).toBe(18_000);
    expect(shortened.object.metadata).toMatchObject({
      deletionGracePeriodSeconds: 12,
      generation: 2,
    });
    // the kubelet counts from when it hears of it
    expect(await lasted("impatient")).toBeCloseTo(22, 0);
  });

  it("is out of the API at once by force, and killed nevertheless", async () => {
    await start("forced", { container: [busybox, sleeper] });
    const { stdout, stderr } = await cluster.kubectl(
      "delete pod forced -n shop --force --grace-period=0",
      { stepMs: 0 },
    );
    expect(stdout).toBe('pod "forced" force deleted from shop namespace\n');
    expect(stderr).toBe(
      "Warning: Immediate deletion does not wait for confirmation that the running resource has " +
        "been terminated. The resource may continue to run on the cluster indefinitely.\n",
    );
    expect(await lasted("forced")).toBe(0);
    expect(pods.of("forced").at(-1)!.object.status?.phase).toBe("Running");
    await cluster.clock.advance(3_000);
    expect(eventsOf("forced").at(-1)).toBe("Normal Killing Stopping container main");
  });
});

describe("a program that listens", () => {
  it("says how it ended", async () => {
    const command =
      "command: [sh, -c, \"trap 'echo bye; exit 3' TERM; while true; do sleep 1; done\"]";
    await start("polite", { container: [busybox, command] });
    const log = terminal.follow("logs -f polite -n shop");
    await remove("polite");
    expect(await lasted("polite")).toBeLessThan(3);
    expect(ended("polite")).toEqual({ phase: "Failed", exitCode: 3, reason: "Error" });
    expect(await log.until(/\n/, { stepMs: 0 })).toBe("bye\n");
    await log.stop();
  });
});

describe("a preStop hook", () => {
  const hooked = (hook: string) => `lifecycle: {preStop: ${hook}}`;

  it("delays the signal", async () => {
    await start("napping", { container: [hooked("{sleep: {seconds: 8}}")] });
    await remove("napping");
    await cluster.clock.advance(7_000);
    expect((await running("napping")).status?.containerStatuses?.[0]?.state).toHaveProperty(
      "running",
    );
    expect(await lasted("napping")).toBeCloseTo(8, 0);
    expect(ended("napping").exitCode).toBe(0);
  });

  it("runs in the container before the signal comes", async () => {
    const hook = hooked('{exec: {command: [sh, -c, "echo leaving > /proc/1/fd/1; sleep 4"]}}');
    await start("leaving", { container: [hook] });
    const log = terminal.follow("logs -f leaving -n shop");
    await remove("leaving");
    expect(await lasted("leaving")).toBeCloseTo(4, 0);
    expect(await log.until(/leaving\n/, { stepMs: 0 })).toContain("leaving\n");
    await log.stop();
  });

  it("that takes too long uses up the grace, and two seconds are left", async () => {
    await start("endless", {
      spec: ["terminationGracePeriodSeconds: 10"],
      container: [busybox, sleeper, hooked('{exec: {command: [sleep, "10000"]}}')],
    });
    await remove("endless");
    expect(await lasted("endless")).toBeCloseTo(12, 0);
    expect(ended("endless")).toEqual({ phase: "Failed", exitCode: 137, reason: "Error" });
  });

  it("that fails is told and stops nothing", async () => {
    await start("clumsy", { container: [hooked('{exec: {command: ["false"]}}')] });
    await remove("clumsy");
    expect(await lasted("clumsy")).toBeLessThan(3);
    expect(eventsOf("clumsy").slice(-2).sort()).toEqual([
      "Normal Killing Stopping container main",
      "Warning FailedPreStopHook PreStopHook failed",
    ]);
  });
});
