// Requests and watches against a server that misbehaves on purpose.

import { StatusError } from "@kubonsai/api";
import { systemClock, VirtualClock } from "@kubonsai/clock";
import { connectClient, UnavailableError, type NamedResource } from "@kubonsai/client";
import { afterEach, expect, test } from "vitest";
import { answer, startHttps, type Handler, type TestServer } from "./https-server.ts";

const pods: NamedResource = {
  group: "",
  version: "v1",
  resource: "pods",
  namespaced: true,
  kind: "Pod",
};

let server: TestServer | undefined;
afterEach(() => server?.close());

async function connected(handle: Handler) {
  server = await startHttps(handle);
  return connectClient(server.connection, { clock: systemClock });
}

test("paths, queries and bodies are Kubernetes' own", async () => {
  const seen: string[] = [];
  const client = await connected((request, response, body) => {
    seen.push(`${request.headers["content-type"] ?? "-"} ${body}`);
    answer(response, 200, { items: [], metadata: { name: "a", resourceVersion: "1" } });
  });
  const resource = client.resource(pods);
  await resource.get("ns", "a");
  await resource.list("", { labelSelector: "a=b,c", limit: 5 });
  await resource.create({ metadata: { namespace: "ns", generateName: "a-" } });
  await resource.updateStatus({ metadata: { namespace: "ns", name: "a" } });
  await resource.patch("ns", "a", { type: "merge", body: {} }, { subresource: "status" });
  await resource.delete("ns", "a", { gracePeriodSeconds: 0 });
  await resource.call("ns", "a", "binding", { target: { name: "n" } });
  expect(server!.requests).toEqual([
    "GET /api/v1/namespaces/ns/pods/a",
    "GET /api/v1/pods?labelSelector=a%3Db%2Cc&limit=5",
    "POST /api/v1/namespaces/ns/pods",
    "PUT /api/v1/namespaces/ns/pods/a/status",
    "PATCH /api/v1/namespaces/ns/pods/a/status",
    "DELETE /api/v1/namespaces/ns/pods/a",
    "POST /api/v1/namespaces/ns/pods/a/binding",
  ]);
  expect(JSON.parse(seen[2]!.split(" ")[1]!)).toMatchObject({ apiVersion: "v1", kind: "Pod" });
  expect(seen[4]).toBe("application/merge-patch+json {}");
  client.close();
});

test("a Status becomes a StatusError, and so does a page that is none", async () => {
  const status = { kind: "Status", code: 404, reason: "NotFound", message: "gone" };
  const client = await connected((request, response) => {
    if (request.url!.endsWith("a")) return answer(response, 404, status);
    response.writeHead(502).end("<html>");
  });
  const resource = client.resource(pods);
  await expect(resource.get("ns", "a")).rejects.toMatchObject({ code: 404, reason: "NotFound" });
  const error = await resource.get("ns", "b").catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StatusError);
  expect(error).toMatchObject({ code: 502 });
  client.close();
});

test("a connection that breaks is an UnavailableError", async () => {
  const client = await connected((_request, response) => void response.destroy());
  await expect(client.raw("GET", "/version")).rejects.toBeInstanceOf(UnavailableError);
  await server!.close();
  await expect(client.raw("GET", "/version")).rejects.toBeInstanceOf(UnavailableError);
  client.close();
});

test("a server under load is asked again when it says so, in virtual time", async () => {
  const clock = new VirtualClock();
  let calls = 0;
  server = await startHttps((_request, response) => {
    calls++;
    if (calls === 1) answer(response, 429, {}, { "retry-after": "7" });
    else answer(response, 200, { gitVersion: "v1.36.0" });
  });
  const client = connectClient(server.connection, { clock });
  const begin = clock.now();
  const asked = client.raw("GET", "/version").then(() => clock.now() - begin);
  await clock.advance(10_000);
  expect(await asked).toBe(7000);
  client.close();
});

test("a watch reads lines however the bytes fall, and ends when told", async () => {
  const line = JSON.stringify({ type: "ADDED", object: { metadata: { name: "grün-日本" } } });
  const client = await connected((_request, response) => {
    response.writeHead(200);
    const bytes = Buffer.from(`${line}\n${line}\n`);
    const send = (at: number) => {
      if (at >= bytes.length) return;
      response.write(bytes.subarray(at, at + 7));
      setImmediate(send, at + 7);
    };
    send(0);
  });
  const stopping = new AbortController();
  const names: unknown[] = [];
  for await (const event of client.resource(pods).watch("ns", {}, stopping.signal)) {
    names.push(event.type === "ADDED" && event.object.metadata.name);
    if (names.length === 2) stopping.abort();
  }
  expect(names).toEqual(["grün-日本", "grün-日本"]);
  client.close();
});

test("a watch that breaks off or is refused throws", async () => {
  const client = await connected((request, response) => {
    if (request.url!.includes("resourceVersion")) return answer(response, 410, { code: 410 });
    response.writeHead(200);
    response.write("{");
    setImmediate(() => response.destroy());
  });
  const { signal } = new AbortController();
  const drain = async (query: object) => {
    for await (const event of client.resource(pods).watch("", query, signal)) void event;
  };
  await expect(drain({})).rejects.toBeInstanceOf(UnavailableError);
  await expect(drain({ resourceVersion: "1" })).rejects.toMatchObject({ code: 410 });
  client.close();
});
