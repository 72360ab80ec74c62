// The informer against a scripted server: pages, bookmarks, expiry, broken watches.

import type { ServerResponse } from "node:http";
import { VirtualClock } from "@kubonsai/clock";
import { connectClient, createInformer, type NamedResource } from "@kubonsai/client";
import { afterEach, expect, test } from "vitest";
import { answer, startHttps, type Handler, type TestServer } from "./https-server.ts";
import { keptLog } from "./silent-log.ts";

const pods: NamedResource = {
  group: "",
  version: "v1",
  resource: "pods",
  namespaced: true,
  kind: "Pod",
};

let server: TestServer | undefined;
let stopping = new AbortController();
afterEach(async () => {
  stopping.abort();
  await server?.close();
});

const pod = (name: string, resourceVersion: string, app = "web") => ({
  metadata: { namespace: "ns", name, uid: name, resourceVersion, labels: { app } },
});

async function informed(handle: Handler) {
  server = await startHttps(handle);
  stopping = new AbortController();
  const clock = new VirtualClock();
  const client = connectClient(server.connection, { clock });
  const log = keptLog();
  const informer = createInformer(client, pods, {
    clock,
    log,
    indexes: { app: ({ metadata }) => [metadata.labels?.["app"] ?? ""] },
  });
  const heard: string[] = [];
  informer.on({
    added: ({ metadata }) => heard.push(`+${metadata.name}`),
    updated: ({ metadata }, old) =>
      heard.push(`~${metadata.name} ${old.metadata.resourceVersion}-${metadata.resourceVersion}`),
    deleted: ({ metadata }) => heard.push(`-${metadata.name}`),
  });
  void informer.run(stopping.signal);
  return { clock, informer, heard, log, requests: server.requests };
}

const isWatch = (url: string | undefined) => url!.includes("watch=true");

const tell = (response: ServerResponse, type: string, object: object) =>
  response.write(`${JSON.stringify({ type, object })}\n`);

test("lists in pages, then follows the watch from there", async () => {
  const { clock, informer, heard, requests } = await informed(({ url }, response) => {
    if (isWatch(url)) {
      response.writeHead(200);
      tell(response, "MODIFIED", pod("b", "9", "db"));
      tell(response, "DELETED", pod("a", "10"));
      return;
    }
    const metadata = { resourceVersion: "7" };
    if (url!.includes("continue=next")) {
      return answer(response, 200, { metadata, items: [pod("b", "6")] });
    }
    answer(response, 200, { metadata: { ...metadata, continue: "next" }, items: [pod("a", "5")] });
  });
  await informer.synced();
  expect(heard).toEqual(["+a", "+b"]);
  await clock.advanceUntil(() => heard.length === 4);
  expect(heard.slice(2)).toEqual(["~b 6-9", "-a"]);
  expect(requests[2]).toContain("resourceVersion=7&allowWatchBookmarks=true&watch=true");
  expect(informer.list("ns").map(({ metadata }) => metadata.name)).toEqual(["b"]);
  expect(informer.byIndex("app", "web")).toEqual([]);
  expect(informer.byIndex("app", "db")).toHaveLength(1);
});

test("an expired watch lists again and tells only what differs", async () => {
  let lists = 0;
  const { clock, heard, informer } = await informed(({ url }, response) => {
    if (isWatch(url)) {
      response.writeHead(200);
      if (lists === 1) tell(response, "ERROR", { code: 410, reason: "Expired", message: "old" });
      return;
    }
    lists++;
    const items = lists === 1 ? [pod("a", "1"), pod("b", "2")] : [pod("b", "2"), pod("c", "9")];
    answer(response, 200, { metadata: { resourceVersion: String(lists * 10) }, items });
  });
  await clock.advanceUntil(() => heard.length === 4);
  expect(heard).toEqual(["+a", "+b", "-a", "+c"]);
  expect(informer.get("ns", "c")).toMatchObject({ apiVersion: "v1", kind: "Pod" });
});

test("a broken watch goes on from the last bookmark, and what is known is not told again", async () => {
  let watches = 0;
  const { clock, heard, requests, log } = await informed(({ url }, response) => {
    if (!isWatch(url)) {
      return answer(response, 200, { metadata: { resourceVersion: "5" }, items: [pod("a", "5")] });
    }
    response.writeHead(200);
    if (++watches > 1) return void tell(response, "ADDED", pod("a", "5"));
    tell(response, "BOOKMARK", { metadata: { resourceVersion: "42" } });
    setImmediate(() => response.destroy());
  });
  await clock.advanceUntil(() => watches === 2);
  await clock.settle();
  expect(requests[2]).toContain("resourceVersion=42");
  expect(heard).toEqual(["+a"]);
  expect(log.lines).toEqual(["warn: the API server cannot be reached"]);
});

test("a server that is not there yet is asked later and later", async () => {
  let calls = 0;
  const { clock, informer } = await informed((_request, response) => {
    if (++calls <= 3) return void response.destroy();
    answer(response, 200, { metadata: { resourceVersion: "1" }, items: [] });
  });
  const begin = clock.now();
  const synced = informer.synced().then(() => clock.now() - begin);
  await clock.advance(5000);
  expect(await synced).toBe(200 + 400 + 800);
});
