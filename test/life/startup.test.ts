// Three web servers that are asked whether they have started, whether they are ready and whether
// they live: who serves when, while they come up, while one fails, and when they go.

import {
  endpointSliceKind,
  endpointsKind,
  eventKind,
  podKind,
  findPodCondition,
  type Endpoints,
  type EndpointSlice,
  type Event,
  type Pod,
} from "@kubonsai/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type Change, type History } from "../support/history.ts";
import { freeNodePort, page } from "../support/page.ts";
import { openTerminal, type Followed, type Terminal } from "../support/terminal.ts";
import { asksForPage, deployment, pod, service, SHOP, together } from "./manifests.ts";

const NODE_PORT = await freeNodePort();
const ROOT = "/usr/share/nginx/html";
const probes = ["startupProbe", "readinessProbe", "livenessProbe"].map(
  (probe) => `${probe}: ${asksForPage}`,
);
const shop = together(deployment({ replicas: 3, graceSeconds: 60, probes }), service(NODE_PORT));

let cluster: TestCluster;
let terminal: Terminal;
let pods: History<Pod>;
let slices: History<EndpointSlice>;
let events: History<Event>;
beforeAll(async () => {
  cluster = await startTestCluster();
  terminal = openTerminal(cluster, "1.32");
  await terminal.run("create namespace shop");
  // probes of a kubelet that has just started begin at random moments
  await cluster.clock.advance(10_000);
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
  slices = await watchHistory<EndpointSlice>(cluster, endpointSliceKind, "shop");
  events = await watchHistory<Event>(cluster, eventKind, "shop");
});
afterAll(async () => {
  for (const history of [pods, slices, events]) history.stop();
  await cluster.stop();
});

const asked = (path: string) => page(cluster.clock, `http://127.0.0.1:${NODE_PORT}${path}`);
const get = (name: string) => cluster.client.resource<Pod>(podKind).get("shop", name);
const containerOf = (pod: Pod) => pod.status!.containerStatuses![0]!;
const names = async () =>
  (await terminal.run(`get pods -n shop -l ${SHOP} -o name`))
    .trim()
    .split("\n")
    .map((name) => name.slice(4));
const listed = async () => (await terminal.run("get endpointslices -n shop --no-headers")).trim();
const firstOf = (name: string, fits: (pod: Pod) => boolean): Change<Pod> =>
  pods.of(name).find(({ object }) => fits(object))!;
const isRunning = ({ status }: Pod) => status?.containerStatuses?.[0]?.state?.running !== undefined;
const isStarted = ({ status }: Pod) => status?.containerStatuses?.[0]?.started === true;
const isReady = (pod: Pod) => findPodCondition(pod, "Ready")?.status === "True";
/** `ip → ready`, `ip → not ready` of a version of the slice. */
const readiness = (slice: EndpointSlice) =>
  new Map(slice.endpoints?.map(({ addresses, conditions }) => [addresses[0]!, conditions?.ready]));
const eventsOf = (name: string) => {
  const newest = new Map<string, Event>();
  for (const { object } of events.changes)
    if (object.involvedObject.name === name) newest.set(object.metadata.name!, object);
  return [...newest.values()].map(({ type, reason, message }) => `${type} ${reason} ${message}`);
};

describe("while they come up", () => {
  let rows: Followed;
  let rolledOutAfterMs: number;
  beforeAll(async () => {
    rows = terminal.follow("get pods -n shop --watch --output-watch-events --no-headers");
    expect(await terminal.run("apply -f -", { stdin: shop })).toBe(
      "deployment.apps/shop created\nservice/shop-door created\n",
    );
    const startMs = cluster.clock.now();
    await cluster.clock.advance(3_000);
    await expect(asked("/")).rejects.toThrow("ECONNREFUSED");
    const rollout = terminal.follow("rollout status deployment/shop -n shop");
    await rollout.until(/successfully rolled out/);
    const readyAtMs = (await names()).map((name) => firstOf(name, isReady).atMs);
    rolledOutAfterMs = Math.max(...readyAtMs) - startMs;
    await rollout.stop();
  });

  it("the rollout takes as long as the probe waits", () => {
    expect(rolledOutAfterMs).toBeGreaterThanOrEqual(6_000);
    expect(rolledOutAfterMs).toBeLessThanOrEqual(10_000);
  });

  it("each runs unstarted for 5 s at least; the first question at about 6 s lets it in", async () => {
    for (const name of await names()) {
      const { object } = firstOf(name, isRunning);
      const { started, ready, state } = containerOf(object);
      expect([started, ready, object.status!.phase]).toEqual([false, false, "Running"]);
      const startedMs = firstOf(name, isStarted).atMs - Date.parse(state!.running!.startedAt!);
      expect(startedMs).toBeGreaterThanOrEqual(5_000);
      expect(startedMs).toBeLessThanOrEqual(7_000);
      const log = await terminal.run(`logs -n shop ${name}`);
      const questions = log.split("\n").filter((line) => line.includes("kube-probe/"));
      expect(questions.length).toBeGreaterThanOrEqual(2);
      expect(questions[0]).toContain('"GET /index.html HTTP/1.1" 200');
    }
  });

  it("the columns show it", async () => {
    await rows.until(/(?:1\/1[^]*){3}/, { stepMs: 0 });
    const [name] = await names();
    const lines = (await rows.stop()).split("\n").filter((line) => line.includes(name!));
    expect(lines.map((line) => line.split(/ +/).slice(2, 5).join(" "))).toEqual([
      "0/1 Pending 0",
      "0/1 Pending 0",
      "0/1 ContainerCreating 0",
      "0/1 ContainerCreating 0",
      "0/1 Running 0",
      "0/1 Running 0",
      "1/1 Running 0",
    ]);
  });

  it("none is a ready endpoint before it is ready", async () => {
    for (const name of await names()) {
      const { podIP } = (await get(name)).status!;
      const readyAtMs = firstOf(name, isReady).atMs;
      const known = slices.changes.filter(({ object }) => readiness(object).has(podIP!));
      for (const { atMs, object } of known)
        if (readiness(object).get(podIP!)) expect(atMs).toBeGreaterThanOrEqual(readyAtMs);
      expect(known.map(({ object }) => readiness(object).get(podIP!))).toContain(false);
    }
    expect([...readiness(slices.changes.at(-1)!.object).values()]).toEqual([true, true, true]);
    const old = await cluster.client.resource<Endpoints>(endpointsKind).get("shop", "shop-door");
    expect(old.subsets).toHaveLength(1);
    expect(old.subsets![0]!.addresses).toHaveLength(3);
    expect(await listed()).toMatch(/ IPv4 +80 +(10\.244\.\d+\.\d+,?){3} /);
  });

  it("all three answer at the node's port, each on a node of its own", async () => {
    for (const name of await names())
      await terminal.run([
        ..."exec -n shop".split(" "),
        name,
        "--",
        "sh",
        "-c",
        `echo ${name} > ${ROOT}/who`,
      ]);
    const answers = new Set<string>();
    for (let turn = 0; turn < 40; turn++) answers.add((await asked("/who")).body.trim());
    expect([...answers].sort()).toEqual((await names()).sort());
    const nodes = await Promise.all(
      (await names()).map(async (name) => (await get(name)).spec!.nodeName),
    );
    expect(new Set(nodes).size).toBe(3);
  });
});

describe("when one loses its page", () => {
  let name: string;
  let before: Pod;
  let removedAtMs: number;
  const refusals: number[] = [];
  const since = ({ atMs }: Change<unknown>) => atMs - removedAtMs;
  const later = <T>(changes: readonly Change<T>[]) =>
    changes.filter(({ atMs }) => atMs > removedAtMs);

  beforeAll(async () => {
    await cluster.clock.advance(4_000);
    name = (await names())[0]!;
    before = await get(name);
    removedAtMs = cluster.clock.now();
    await terminal.run(`exec -n shop ${name} -- rm ${ROOT}/index.html`);
    for (let second = 0; second < 30; second++) {
      await cluster.clock.advance(1_000);
      const { status } = await asked("/index.html");
      if (status !== 200) refusals.push(second);
    }
  });

  it("it is no ready endpoint any more, and the others serve on", () => {
    const ip = before.status!.podIP!;
    const out = later(slices.changes).find(({ object }) => readiness(object).get(ip) === false)!;
    expect(since(out)).toBeLessThanOrEqual(12_000);
    const others = [...readiness(out.object)].filter(([address]) => address !== ip);
    expect(others.map(([, ready]) => ready)).toEqual([true, true]);
    for (const second of refusals) expect(second * 1_000).toBeLessThanOrEqual(since(out));
  });

  it("its container is restarted within 6 to 12 s, and started anew by its probe", () => {
    const mine = later(pods.of(name));
    const restarted = mine.find(({ object }) => containerOf(object).restartCount === 1)!;
    expect(since(restarted)).toBeGreaterThanOrEqual(6_000);
    expect(since(restarted)).toBeLessThanOrEqual(12_000);
    expect(containerOf(restarted.object)).toMatchObject({ ready: false, started: false });
    const ready = mine.find(({ atMs, object }) => atMs > restarted.atMs && isReady(object))!;
    expect(ready.atMs - restarted.atMs).toBeGreaterThanOrEqual(5_000);
    expect(ready.atMs - restarted.atMs).toBeLessThanOrEqual(9_000);
    expect(ready.object.metadata.uid).toBe(before.metadata.uid);
    expect(ready.object.status!.podIP).toBe(before.status!.podIP);
    const unready = mine.find(({ object }) => !isReady(object))!;
    expect(findPodCondition(unready.object, "Ready")).toMatchObject({
      status: "False",
      reason: "ContainersNotReady",
      message: "containers with unready status: [web]",
    });
  });

  it("is told of both probes", () => {
    const lost = "probe failed: HTTP probe failed with statuscode: 404";
    expect(eventsOf(name)).toEqual(
      expect.arrayContaining([
        `Warning Unhealthy Liveness ${lost}`,
        `Warning Unhealthy Readiness ${lost}`,
        "Normal Killing Container web failed liveness probe, will be restarted",
      ]),
    );
  });

  it("is whole again in the end", async () => {
    expect(await terminal.run("get deployment shop -n shop --no-headers")).toMatch(
      /^shop +3\/3 +3 +3 /,
    );
    expect([...readiness(slices.changes.at(-1)!.object).values()]).toEqual([true, true, true]);
  });
});

describe("when they go", () => {
  it("they are gone soon, although they might take a minute", async () => {
    const startMs = cluster.clock.now();
    const all = await names();
    expect(await terminal.run("delete -f - --wait=false", { stdin: shop })).toBe(
      'deployment.apps "shop" deleted\nservice "shop-door" deleted\n',
    );
    for (const name of all)
      await pods.until(({ type, object }) => type === "DELETED" && object.metadata.name === name);
    expect(cluster.clock.now() - startMs).toBeLessThan(5_000);
    expect(slices.changes.at(-1)!.type).toBe("DELETED");
    await expect(asked("/")).rejects.toThrow("ECONNREFUSED");
  });
});

describe("a startup probe alone", () => {
  const onlyStartup = `startupProbe: ${asksForPage}`;

  it("makes ready at once, and never asks again", async () => {
    await terminal.run("apply -f -", { stdin: pod("once", { container: [onlyStartup] }) });
    await terminal.wait("wait --for=condition=Ready pod/once -n shop --timeout=60s");
    expect(firstOf("once", isStarted).atMs).toBe(firstOf("once", isReady).atMs);
    expect((await get("once")).spec!.containers[0]!.startupProbe).toMatchObject({
      timeoutSeconds: 1,
      successThreshold: 1,
    });
    await terminal.run(`exec -n shop once -- rm ${ROOT}/index.html`);
    await cluster.clock.advance(60_000);
    expect(containerOf(await get("once"))).toMatchObject({ restartCount: 0, ready: true });
  });

  it("that fails three times restarts the container, and the rollout never ends", async () => {
    const command = `command: [sh, -c, "rm ${ROOT}/index.html; exec nginx -g 'daemon off;'"]`;
    await terminal.run("apply -f -", { stdin: deployment({ probes: [command, onlyStartup] }) });
    const { stderr } = await cluster.kubectl(
      "rollout status deployment/shop -n shop --timeout=120s",
      { exitCode: 1, stepMs: 1_000 },
    );
    expect(stderr).toBe(`error: deployment "shop" exceeded its progress deadline\n`);
  });

  it("is told when and why", async () => {
    const [name] = await names();
    const running = firstOf(name!, isRunning);
    const again = firstOf(name!, (pod) => pod.status?.containerStatuses?.[0]?.restartCount === 1);
    expect(again.atMs - running.atMs).toBeGreaterThanOrEqual(11_000);
    expect(again.atMs - running.atMs).toBeLessThanOrEqual(14_000);
    expect(eventsOf(name!)).toEqual(
      expect.arrayContaining([
        "Warning Unhealthy Startup probe failed: HTTP probe failed with statuscode: 404",
        "Normal Killing Container web failed startup probe, will be restarted",
      ]),
    );
    expect(pods.of(name!).some(({ object }) => isReady(object))).toBe(false);
  });
});
