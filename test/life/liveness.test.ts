// A web server whose page is asked for again and again: what happens when the page is gone, over and
// over, when the probe is changed to another kind, and when it asks at the wrong door.

import {
  deploymentKind,
  eventKind,
  podKind,
  type Deployment,
  type Event,
  type Pod,
} from "@kubonsai/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type History } from "../support/history.ts";
import { freeNodePort, page } from "../support/page.ts";
import { openTerminal, type Followed, type Terminal } from "../support/terminal.ts";
import { asksForPage, deployment, pod, probing, service, SHOP, together } from "./manifests.ts";

const NODE_PORT = await freeNodePort();
const PAGE = "/usr/share/nginx/html/index.html";
let cluster: TestCluster;
let terminal: Terminal;
let pods: History<Pod>;
let events: History<Event>;
let rows: Followed;
beforeAll(async () => {
  cluster = await startTestCluster();
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
  events = await watchHistory<Event>(cluster, eventKind, "shop");
});
afterAll(async () => {
  for (const history of [pods, events]) history.stop();
  await cluster.stop();
});

const asked = (path: string) => page(cluster.clock, `http://127.0.0.1:${NODE_PORT}${path}`);
const status = async (path: string) => (await asked(path)).status;
const get = (name: string) => cluster.client.resource<Pod>(podKind).get("shop", name);
const containerOf = (pod: Pod) => pod.status!.containerStatuses![0]!;
/** The container restarts for the `count`th time. @returns the pod when it is told */
const restarted = async (name: string, count: number) =>
  pods.until(
    ({ object }) =>
      object.metadata.name === name &&
      object.status?.containerStatuses?.[0]?.restartCount === count,
  );
const backingOff = (name: string, restarts: number) =>
  pods.until(({ object }) => {
    if (object.metadata.name !== name) return false;
    const [container] = object.status?.containerStatuses ?? [];
    const reason = container?.state?.waiting?.reason;
    return container?.restartCount === restarts && reason === "CrashLoopBackOff";
  });
/** From the end of the container before to the start of this one. */
const waitedSeconds = (pod: Pod) => {
  const { lastState, state } = containerOf(pod);
  const finishedAt = Date.parse(lastState!.terminated!.finishedAt!);
  return (Date.parse(state!.running!.startedAt!) - finishedAt) / 1_000;
};
/** Kubelets look again up to half as late as they meant to, and notice within a second or two. */
const latest = (seconds: number) => seconds * 1.5 + 2;
/** The newest version of each event about an object, at some time. */
const eventsOf = (name: string, untilMs = Infinity) => {
  const newest = new Map<string, Event>();
  for (const { atMs, object } of events.changes)
    if (object.involvedObject.name === name && atMs <= untilMs)
      newest.set(object.metadata.name!, object);
  return [...newest.values()].map(({ type, reason, message, count }) => ({
    type,
    reason,
    message,
    count,
  }));
};
const nameOf = async (selector = SHOP) =>
  (await terminal.run(`get pods -n shop -l ${selector} -o name`)).trim().slice("pod/".length);
const removePage = (name: string) => terminal.run(`exec -n shop ${name} -- rm ${PAGE}`);

describe("a page that liveness asks for", () => {
  let name: string;
  let before: Pod;
  let removedAtMs: number;

  it("is served on the node's port as soon as the container runs", async () => {
    rows = terminal.follow("get pods -n shop --watch --output-watch-events --no-headers");
    const probes = ["readinessProbe:", `livenessProbe: ${asksForPage}`];
    await terminal.run("apply -f -", {
      stdin: together(deployment({ probes }), service(NODE_PORT)),
    });
    const told = await terminal.wait("rollout status deployment/shop -n shop");
    expect(told).toMatch(/deployment "shop" successfully rolled out\n$/);
    name = await nameOf();
    const { status: code, body } = await asked("/");
    expect([code, await status("/index.html")]).toEqual([200, 200]);
    expect(body).toContain("<title>Welcome to nginx!</title>");
  });

  it("shows its pod's way in kubectl's columns", async () => {
    await rows.until(/Running/, { stepMs: 0 });
    expect(columns(await rows.stop())).toEqual([
      "ADDED 0/1 Pending 0",
      "MODIFIED 0/1 Pending 0",
      "MODIFIED 0/1 ContainerCreating 0",
      "MODIFIED 0/1 ContainerCreating 0",
      "MODIFIED 1/1 Running 0",
    ]);
  });

  it("is listed with everything that stands behind it", async () => {
    const lines = (await terminal.run("get all -n shop -o name")).trim().split("\n");
    expect(lines).toEqual([
      `pod/${name}`,
      "service/shop-door",
      "deployment.apps/shop",
      expect.stringMatching(/^replicaset\.apps\/shop-[a-z0-9]+$/),
    ]);
    expect(await terminal.run("get endpointslices -n shop --no-headers")).toMatch(
      new RegExp(` IPv4 +80 +${(await get(name)).status!.podIP} `),
    );
  });

  it("is gone for everyone once it was removed inside the container", async () => {
    await cluster.clock.advance(10_000);
    before = await get(name);
    removedAtMs = cluster.clock.now();
    expect(await removePage(name)).toBe("");
    expect(await status("/index.html")).toBe(404);
    expect(await status("/")).toBe(403);
    expect(cluster.clock.now()).toBe(removedAtMs);
  });

  it("costs the container its life at the third failure, and only the container", async () => {
    const { object } = await restarted(name, 1);
    const tookMs = cluster.clock.now() - removedAtMs;
    expect(tookMs).toBeGreaterThanOrEqual(6_000);
    expect(tookMs).toBeLessThanOrEqual(12_000);
    expect(object.metadata.uid).toBe(before.metadata.uid);
    expect(object.status!.podIP).toBe(before.status!.podIP);
    const [old, fresh] = [containerOf(before), containerOf(object)];
    expect(fresh.containerID).not.toBe(old.containerID);
    expect(fresh).toMatchObject({ ready: true, started: true, state: { running: {} } });
    expect(fresh.lastState!.terminated).toMatchObject({
      exitCode: 0,
      reason: "Completed",
      containerID: old.containerID,
      startedAt: old.state!.running!.startedAt,
    });
    expect(await terminal.run(`get pod ${name} -n shop --no-headers`)).toMatch(
      / 1\/1 +Running +1 \(\d+s ago\) /,
    );
  });

  it("is back with the fresh root file system", async () => {
    expect([await status("/"), await status("/index.html")]).toEqual([200, 200]);
  });

  it("has its story told in events that count", () => {
    const told = eventsOf(name).map(({ type, reason, message, count }) =>
      [count, type, reason, message].join(" "),
    );
    expect(told.slice(1).map((line) => line.replace(/[\d.]+m?s/g, "TIME"))).toEqual([
      '1 Normal Pulling Pulling image "nginx:1.20.2"',
      '1 Normal Pulled Successfully pulled image "nginx:1.20.2" in TIME ' +
        "(TIME including waiting). Image size: 56743741 bytes.",
      "2 Normal Created Container created",
      "2 Normal Started Container started",
      "3 Warning Unhealthy Liveness probe failed: HTTP probe failed with statuscode: 404",
      "1 Normal Killing Container web failed liveness probe, will be restarted",
      '1 Normal Pulled Container image "nginx:1.20.2" already present on machine and can be ' +
        "accessed by the pod",
    ]);
  });

  it("keeps the log of the container that was killed", async () => {
    const log = await terminal.run(`logs -n shop ${name} --previous`);
    const failed = log
      .split("\n")
      .filter((line) => line.includes(" 404 ") && line.includes("kube-probe"));
    expect(failed).toHaveLength(3);
    expect(await terminal.run(`logs -n shop ${name}`)).not.toContain(" 404 ");
  });

  // a run of 12 s is longer than the first back-offs, so these are over when it ends
  it("when removed again and again brings the container back at once, twice more", async () => {
    for (const count of [2, 3]) {
      await removePage(name);
      const { object } = await restarted(name, count);
      expect(waitedSeconds(object)).toBeLessThanOrEqual(1);
      expect(await status("/index.html")).toBe(200);
    }
  });

  it("then waits out a back-off of 20 s, which is longer than its run", async () => {
    const [count, seconds] = [4, 20];
    await removePage(name);
    const { object: waiting } = await backingOff(name, count - 1);
    const { state, ready } = containerOf(waiting);
    expect(state!.waiting!.message).toBe(
      `back-off ${seconds}s restarting failed container=web ` +
        `pod=${name}_shop(${waiting.metadata.uid})`,
    );
    expect(ready).toBe(false);
    expect(await terminal.run(`get pod ${name} -n shop --no-headers`)).toMatch(
      new RegExp(` 0/1 +CrashLoopBackOff +${count - 1} \\(`),
    );
    await expect(status("/")).rejects.toThrow("ECONNREFUSED");
    const { object } = await restarted(name, count);
    expect(waitedSeconds(object)).toBeGreaterThanOrEqual(seconds);
    expect(waitedSeconds(object)).toBeLessThanOrEqual(latest(seconds));
    expect(await status("/index.html")).toBe(200);
  });
});

describe("a container that ends by itself", () => {
  it("comes back at once, then after 10 s, 20 s, 40 s and so on", async () => {
    const command = 'command: [sh, -c, "echo once more; sleep 1; exit 4"]';
    const manifest = pod("falling", { container: ["image: busybox:1.36", command] });
    const seen = terminal.follow(
      "get pods -n shop --watch --output-watch-events --no-headers --field-selector metadata.name=falling",
    );
    await terminal.run("apply -f -", { stdin: manifest });
    const waits: number[] = [];
    for (const count of [1, 2, 3, 4, 5]) {
      const { object } = await restarted("falling", count);
      waits.push(Math.round(waitedSeconds(object)));
    }
    for (const [index, seconds] of [0, 10, 20, 40, 80].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(seconds);
      expect(waits[index]).toBeLessThanOrEqual(latest(seconds));
    }
    await seen.until(/Running +5/, { stepMs: 0 });
    const life = columns(await seen.stop()).map((row) => row.split(" ").slice(2).join(" "));
    expect(life.slice(life.indexOf("Running 0"))).toEqual([
      "Running 0",
      "Error 0",
      "Running 1",
      "Error 1",
      ...[1, 2, 3, 4].flatMap((count) => [
        `CrashLoopBackOff ${count}`,
        `Running ${count + 1}`,
        ...(count < 4 ? [`Error ${count + 1}`] : []),
      ]),
    ]);
  });
});

describe("another kind of probe applied over it", () => {
  const overTcp = (port: number) =>
    deployment({ probes: [`livenessProbe: ${probing(`tcpSocket: {port: ${port}}`)}`] });
  const template = async () => {
    const { spec, metadata } = await cluster.client
      .resource<Deployment>(deploymentKind)
      .get("shop", "shop");
    const { livenessProbe } = spec!.template.spec!.containers[0]!;
    return { livenessProbe, revision: metadata.annotations?.["deployment.kubernetes.io/revision"] };
  };

  it("takes the other's place in a rollout of a second revision", async () => {
    const old = await nameOf();
    const manifest = together(overTcp(80), service(NODE_PORT));
    expect(await terminal.run("apply -f -", { stdin: manifest })).toBe(
      "deployment.apps/shop configured\nservice/shop-door unchanged\n",
    );
    await terminal.wait("rollout status deployment/shop -n shop");
    const { livenessProbe, revision } = await template();
    expect(livenessProbe).toMatchObject({ tcpSocket: { port: 80 } });
    expect(livenessProbe).not.toHaveProperty("httpGet");
    expect(revision).toBe("2");
    await cluster.clock.advance(5_000);
    expect(await nameOf()).not.toBe(old);
    expect(await terminal.run("rollout history deployment/shop -n shop")).toBe(
      "deployment.apps/shop \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n",
    );
  });

  it("asks only whether the door is open, not what is behind it", async () => {
    const name = await nameOf();
    await removePage(name);
    await cluster.clock.advance(60_000);
    expect(await status("/")).toBe(403);
    expect(containerOf(await get(name)).restartCount).toBe(0);
    expect(eventsOf(name).map(({ reason }) => reason)).not.toContain("Unhealthy");
  });

  it("at a door that nobody opens restarts the container again and again", async () => {
    await terminal.run("apply -f -", { stdin: overTcp(8080) });
    await terminal.wait("rollout status deployment/shop -n shop");
    await cluster.clock.advance(3_000);
    const name = await nameOf();
    const { atMs, object } = await restarted(name, 1);
    const { podIP } = object.status!;
    const unhealthy = eventsOf(name, atMs).find(({ reason }) => reason === "Unhealthy");
    expect(unhealthy).toEqual({
      type: "Warning",
      reason: "Unhealthy",
      message: `Liveness probe failed: dial tcp ${podIP}:8080: connect: connection refused`,
      count: 3,
    });
    await backingOff(name, 3);
    await restarted(name, 4);
    const backOff = eventsOf(name).find(({ reason }) => reason === "BackOff");
    expect(backOff).toMatchObject({
      type: "Warning",
      message: `Back-off restarting failed container web in pod ${name}_shop(${object.metadata.uid})`,
    });
  });
});

/** `ADDED shop-… 0/1 Pending 0 0s` without name and age. */
function columns(text: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [event, , ready, state, restarts] = line.split(/ +/);
      return [event, ready, state, restarts].join(" ");
    });
}
