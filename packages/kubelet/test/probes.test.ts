// Probes against a scripted network, in virtual time: when they ask, what they count, what follows.

import type { Pod, Probe } from "@kubonsai/api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DialError, type HttpRequest } from "../src/runtime/network/network.ts";
import { TestNode } from "./support/node.ts";
import { pod } from "./support/pods.ts";

let node: TestNode;
/** What the next HTTP requests are answered: a status, or an error's text. */
let answer: number | string;
let requests: { at: number; request: HttpRequest }[];

beforeEach(async () => {
  node = new TestNode();
  // an old kubelet: its probes are not spread
  await node.after(3_600_000);
  answer = 200;
  requests = [];
  const startMs = node.clock.now();
  node.network = {
    dial: (host, port) =>
      Promise.reject(
        new DialError(`dial tcp ${host}:${port}: connect: connection refused`, "refused"),
      ),
    http: async (request) => {
      requests.push({ at: (node.clock.now() - startMs) / 1000, request });
      if (typeof answer === "string") throw new Error(answer);
      return { status: answer, headers: {}, body: Buffer.from("body") };
    },
  };
});
afterEach(() => node.stop());

const httpGet = (more: Probe = {}): Probe => ({
  httpGet: { path: "/index.html", port: 80, scheme: "HTTP" },
  periodSeconds: 3,
  ...more,
});

const probed = (probes: { [name: string]: Probe }, change: (pod: Pod) => void = () => {}) =>
  pod("a", (made) => {
    Object.assign(made.spec.containers[0]!, probes);
    change(made);
  });

/** Events without their time and without those of every start. */
const events = () =>
  node
    .take()
    .map((line) => line.replace(/^[\d.]+s /, ""))
    .filter((line) => line.startsWith("event ") && !/ (Pulled|Created) /.test(line))
    .map((line) => line.slice("event ".length));
const lastStatus = () => node.take().findLast((line) => line.includes("s status "));
const container = () => node.status.containerStatuses![0]!;

describe("a liveness probe", () => {
  it("waits for initialDelaySeconds and asks at its period", async () => {
    await node.add(probed({ livenessProbe: httpGet({ initialDelaySeconds: 5 }) }));
    await node.after(13_000);
    expect(requests.map(({ at }) => at)).toEqual([6, 9, 12]);
    expect(requests[0]!.request).toEqual({
      host: "10.244.1.2",
      port: 80,
      tls: false,
      method: "GET",
      path: "/index.html",
      headers: { "User-Agent": "kube-probe/1.36", Accept: "*/*" },
      timeoutMs: 1000,
    });
  });

  it("restarts the container at the third failure, at once the first time", async () => {
    await node.add(probed({ livenessProbe: httpGet() }));
    await node.after(1_000);
    events();
    answer = 404;
    await node.after(9_000);
    const unhealthy =
      "Warning Unhealthy spec.containers{a}: Liveness probe failed: HTTP probe failed with statuscode: 404";
    expect(events()).toEqual([
      unhealthy,
      unhealthy,
      unhealthy,
      "Normal Killing spec.containers{a}: Container a failed liveness probe, will be restarted",
      "Normal Started spec.containers{a}: Container started",
    ]);
    expect(container()).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 143 } },
    });
    answer = 200;
    await node.after(60_000);
    expect(container().restartCount).toBe(1);
  });

  it("kills for good where nothing restarts", async () => {
    answer = 500;
    await node.add(
      probed({ livenessProbe: httpGet() }, ({ spec }) => {
        spec.restartPolicy = "Never";
        spec.containers.push({ name: "b", image: "nginx:1.25" });
      }),
    );
    await node.after(12_000);
    expect(events()).toContain(
      "Normal Killing spec.containers{a}: Container a failed liveness probe",
    );
    expect(container().state?.terminated?.exitCode).toBe(143);
    expect(node.status.phase).toBe("Running");
  });

  it("may have a grace of its own", async () => {
    answer = 500;
    node.runtime.scripts["a"] = { ignoresStop: true };
    await node.add(probed({ livenessProbe: httpGet({ terminationGracePeriodSeconds: 7 }) }));
    await node.after(10_000);
    expect(node.runtime.calls).toContain("stop a 7");
  });

  it("says nothing when a named port is none of the container's", async () => {
    const broken = httpGet({ httpGet: { port: "web" } });
    await node.add(probed({ livenessProbe: broken }));
    await node.after(30_000);
    expect(events()).toContain(
      "Warning Unhealthy spec.containers{a}: " +
        "Liveness probe errored and resulted in unknown state: couldn't find port: web",
    );
    expect(container().restartCount).toBe(0);
  });
});

describe("a readiness probe", () => {
  it("makes a pod ready and unready, and kills nothing", async () => {
    answer = "dial tcp 10.244.1.2:80: connect: connection refused";
    await node.add(probed({ readinessProbe: httpGet() }));
    await node.after(4_000);
    expect(container()).toMatchObject({ ready: false, started: true });
    expect(events()).toContain(
      "Warning Unhealthy spec.containers{a}: Readiness probe failed: " +
        'Get "http://10.244.1.2:80/index.html": ' +
        "dial tcp 10.244.1.2:80: connect: connection refused",
    );
    answer = 200;
    await node.after(3_000);
    expect(container().ready).toBe(true);
    expect(lastStatus()).toContain("SIR");
    answer = 503;
    await node.after(9_000);
    expect(container()).toMatchObject({ ready: false, restartCount: 0 });
    expect(lastStatus()).toContain("SI-");
  });

  it("goes on while the pod terminates", async () => {
    node.runtime.scripts["a"] = { stopsAfterMs: 20_000 };
    await node.add(probed({ readinessProbe: httpGet(), livenessProbe: httpGet() }));
    await node.after(4_000);
    expect(container().ready).toBe(true);
    await node.delete(30);
    requests.length = 0;
    answer = 503;
    await node.after(12_000);
    expect(requests.length).toBe(4);
    expect(container()).toMatchObject({ ready: false, started: true });
  });
});

describe("a startup probe", () => {
  it("holds the others back, and rests once it has passed", async () => {
    answer = 500;
    await node.add(probed({ startupProbe: httpGet(), readinessProbe: httpGet() }));
    await node.after(4_000);
    expect(container()).toMatchObject({ started: false, ready: false });
    expect(node.status.phase).toBe("Running");
    answer = 200;
    await node.after(2_000);
    expect(container()).toMatchObject({ started: true, ready: true });
    requests.length = 0;
    await node.after(9_000);
    expect(requests.length).toBe(3);
  });

  it("restarts a container that does not come up", async () => {
    answer = 500;
    await node.add(probed({ startupProbe: httpGet() }));
    await node.after(10_000);
    expect(events()).toContain(
      "Normal Killing spec.containers{a}: Container a failed startup probe, will be restarted",
    );
    expect(container().restartCount).toBe(1);
  });
});

describe("handlers", () => {
  it("tcpSocket shows the error of the connection", async () => {
    await node.add(probed({ livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 3 } }));
    await node.after(4_000);
    expect(events()).toContain(
      "Warning Unhealthy spec.containers{a}: Liveness probe failed: " +
        "dial tcp 10.244.1.2:8080: connect: connection refused",
    );
  });

  it("exec shows what the command wrote, and its timeout", async () => {
    node.runtime.commands["check"] = { code: 1, output: "not well\n" };
    node.runtime.commands["sleep 9"] = { code: 0, afterMs: 9000 };
    const exec = (...command: string[]): Probe => ({ exec: { command }, periodSeconds: 3 });
    await node.add(probed({ livenessProbe: exec("check"), readinessProbe: exec("sleep", "9") }));
    await node.after(5_000);
    const lines = events();
    expect(lines).toContain(
      "Warning Unhealthy spec.containers{a}: Liveness probe failed: not well\n",
    );
    expect(lines).toContain(
      "Warning Unhealthy spec.containers{a}: Readiness probe failed: " +
        'command timed out: "sleep 9" timed out after 1s',
    );
  });

  it("a redirect to another host is a success with a warning", async () => {
    node.network.http = async () => ({
      status: 302,
      headers: { location: "http://example.com/" },
      body: Buffer.from("gone"),
    });
    await node.add(probed({ readinessProbe: httpGet() }));
    await node.after(4_000);
    expect(container().ready).toBe(true);
    expect(events()).toContain(
      "Warning ProbeWarning spec.containers{a}: Readiness probe warning: " +
        "Probe terminated redirects, Response body: gone",
    );
  });
});

describe("postStart", () => {
  it("that fails costs the container its life", async () => {
    node.runtime.commands["false"] = { code: 7, output: "no" };
    await node.add(
      probed({}, ({ spec }) => {
        spec.containers[0]!.lifecycle = { postStart: { exec: { command: ["false"] } } };
      }),
    );
    await node.after(2_000);
    const lines = events();
    expect(lines).toContain("Warning FailedPostStartHook spec.containers{a}: PostStartHook failed");
    expect(lines).toContain("Normal Killing spec.containers{a}: FailedPostStartHook");
    expect(node.status.phase).toBe("Running");
  });

  it("that takes its time keeps the pod from Running", async () => {
    node.runtime.commands["slow"] = { code: 0, afterMs: 5000 };
    await node.add(
      probed({}, ({ spec }) => {
        spec.containers[0]!.lifecycle = { postStart: { exec: { command: ["slow"] } } };
      }),
    );
    await node.after(4_900);
    expect(node.status.phase).toBe("Pending");
    await node.after(200);
    expect(node.status.phase).toBe("Running");
  });
});
