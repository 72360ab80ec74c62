// Recorders write in the background, in order, and never into the caller's face.

import { VirtualClock } from "@kubonsai/clock";
import { connectClient, createEventRecorder, createSchedulerEventRecorder } from "@kubonsai/client";
import { afterEach, expect, test } from "vitest";
import { answer, startHttps, type Handler, type TestServer } from "./https-server.ts";
import { keptLog } from "./silent-log.ts";

const regarding = { apiVersion: "v1", kind: "Pod", namespace: "ns", name: "web", uid: "u1" };
const occurrence = { regarding, type: "Normal", reason: "Started", message: "Go" } as const;

let server: TestServer | undefined;
afterEach(() => server?.close());

async function connected(handle: Handler) {
  server = await startHttps(handle);
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const client = connectClient(server.connection, { clock });
  return { clock, client, log: keptLog(), requests: server.requests };
}

test("writes an event as Kubernetes does, and counts its repeat", async () => {
  const bodies: unknown[] = [];
  const { clock, client, log, requests } = await connected((_request, response, body) => {
    bodies.push(JSON.parse(body));
    answer(response, 201, JSON.parse(body));
  });
  const recorder = createEventRecorder({
    client,
    clock,
    log,
    component: "kubelet",
    host: "node-1",
  });
  recorder.event(occurrence);
  await clock.advance(5000);
  recorder.event(occurrence);
  await recorder.flush();
  const name = `web.${(BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n).toString(16)}`;
  expect(bodies[0]).toEqual({
    apiVersion: "v1",
    kind: "Event",
    metadata: { name, namespace: "ns" },
    involvedObject: regarding,
    reason: "Started",
    message: "Go",
    source: { component: "kubelet", host: "node-1" },
    firstTimestamp: "2026-01-01T00:00:00Z",
    lastTimestamp: "2026-01-01T00:00:00Z",
    count: 1,
    type: "Normal",
    eventTime: null,
    reportingComponent: "kubelet",
    reportingInstance: "node-1",
  });
  expect(requests[1]).toBe(`PATCH /api/v1/namespaces/ns/events/${name}`);
  expect(bodies[1]).toEqual({ count: 2, lastTimestamp: "2026-01-01T00:00:05Z", message: "Go" });
  client.close();
});

test("a name that another recorder took in the same instant is left to it", async () => {
  const taken = new Set<string>();
  const { clock, client, log } = await connected((_request, response, body) => {
    const { name } = JSON.parse(body).metadata;
    if (taken.has(name)) {
      const status = { kind: "Status", code: 409, reason: "AlreadyExists", message: "there" };
      return answer(response, 409, status);
    }
    taken.add(name);
    answer(response, 201, JSON.parse(body));
  });
  const recorders = ["kubelet", "controller", "other"].map((component) =>
    createEventRecorder({ client, clock, log, component }),
  );
  for (const recorder of recorders) recorder.event(occurrence);
  await Promise.all(recorders.map((recorder) => recorder.flush()));
  const first = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;
  const names = [0n, 1n, 2n].map((offset) => `web.${(first + offset).toString(16)}`);
  expect([...taken].sort()).toEqual(names);
  expect(log.lines).toEqual([]);
  client.close();
});

test("a refused event is dropped with a log line; a broken connection is tried again", async () => {
  let calls = 0;
  const { clock, client, log } = await connected((_request, response, body) => {
    calls++;
    if (calls === 1) return answer(response, 403, { kind: "Status", code: 403, message: "no" });
    if (calls === 2) return void response.destroy();
    answer(response, 201, JSON.parse(body));
  });
  const recorder = createEventRecorder({ client, clock, log, component: "test" });
  recorder.event({ ...occurrence, message: "refused" });
  recorder.event({ ...occurrence, message: "lost once" });
  const flushed = recorder.flush();
  await clock.advance(11_000);
  await flushed;
  expect(calls).toBe(3);
  expect(log.lines).toEqual(["error: the server refused an event"]);
  client.close();
});

test("the scheduler's repeats open a series and are then only remembered", async () => {
  const bodies: { series?: unknown }[] = [];
  const { clock, client, log, requests } = await connected((_request, response, body) => {
    bodies.push(JSON.parse(body));
    answer(response, 201, JSON.parse(body));
  });
  const recorder = createSchedulerEventRecorder({
    client,
    clock,
    log,
    reportingController: "default-scheduler",
    reportingInstance: "default-scheduler-host",
  });
  for (const note of ["first", "second", "third"]) {
    const repeat = { regarding, type: "Warning", reason: "FailedScheduling" } as const;
    recorder.event({ ...repeat, action: "Scheduling", note });
    await clock.advance(1000);
  }
  await recorder.stop();
  expect(requests.map((line) => line.split(" ")[0])).toEqual(["POST", "PATCH"]);
  expect(bodies[0]).toMatchObject({ note: "first", eventTime: "2026-01-01T00:00:00.000000Z" });
  expect(bodies[1]).toEqual({
    series: { count: 2, lastObservedTime: "2026-01-01T00:00:01.000000Z" },
  });
  client.close();
});
