// The wire as etcd's users see it: shapes, errors, and input that nobody should send.

import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { until } from "./contract.ts";
import { startScratchStore, type ScratchStore } from "./scratch-store.ts";

let store: ScratchStore;
beforeAll(async () => void (store = await startScratchStore()));
afterAll(() => store.stop());

const socketPath = () => store.running.address.slice("unix:".length);
const b64 = (text: string) => Buffer.from(text).toString("base64");

function send(path: string, body: string, method = "POST") {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const outgoing = request({ socketPath: socketPath(), path, method }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString() });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function call(path: string, body: object) {
  const { status, text } = await send(path, JSON.stringify(body));
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

function openSocket() {
  const socket = new WebSocket(`ws+unix:${socketPath()}:/v3/watch`);
  const frames: Record<string, unknown>[] = [];
  let isClosed = false;
  socket.on("close", () => (isClosed = true));
  socket.on("message", (data) => {
    const { header, ...rest } = JSON.parse(data.toString()).result;
    frames.push({ ...rest, revision: header.revision });
  });
  return {
    frames,
    opened: new Promise((resolve) => socket.once("open", resolve)),
    send: (message: unknown) =>
      socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    frame: async (index: number) => {
      await until(() => frames.length > index);
      return frames[index]!;
    },
    closed: () => until(() => isClosed),
    close: () => socket.close(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}

describe("calls", () => {
  it("write int64 as text, bytes as base64, and leave zero values out", async () => {
    const first = await call("/v3/kv/put", { key: b64("w/a"), value: b64("1") });
    const revision = (first.body["header"] as { revision: string }).revision;
    expect(first).toEqual({
      status: 200,
      body: {
        header: {
          cluster_id: expect.stringMatching(/^\d+$/),
          member_id: expect.stringMatching(/^\d+$/),
          revision: expect.stringMatching(/^\d+$/),
          raft_term: expect.stringMatching(/^\d+$/),
        },
      },
    });
    const second = await call("/v3/kv/put", { key: b64("w/a"), value: "", prev_kv: true });
    const kv = { key: b64("w/a"), create_revision: revision, mod_revision: revision, version: "1" };
    expect(second.body["prev_kv"]).toEqual({ ...kv, value: b64("1") });
    const found = await call("/v3/kv/range", { key: b64("w/a"), rangeEnd: b64("w/b") });
    const now = { ...kv, mod_revision: `${Number(revision) + 1}`, version: "2" };
    expect(found.body).toMatchObject({ kvs: [now], count: "1" });
    expect(found.body).not.toHaveProperty("more");
  });

  it("answer with the header alone when nothing was found or deleted", async () => {
    for (const path of ["/v3/kv/range", "/v3/kv/deleterange"]) {
      const { body } = await call(path, { key: b64("w/none"), prev_kv: true });
      expect(Object.keys(body)).toEqual(["header"]);
    }
  });

  it("compare on all that etcd compares, and nest transactions", async () => {
    await call("/v3/kv/put", { key: b64("t/a"), value: b64("1") });
    const compare = [
      { key: b64("t/a"), target: "VERSION", result: "EQUAL", version: "1" },
      { key: b64("t/a"), target: "VALUE", result: "LESS", value: b64("2") },
      { key: b64("t/a"), target: "CREATE", result: "GREATER", create_revision: 1 },
      { key: b64("t/a"), target: "MOD", result: "NOT_EQUAL", modRevision: "1" },
      { key: b64("t/a"), target: "LEASE", lease: "0" },
      { key: b64("t/"), range_end: b64("t0"), target: "VERSION", version: "1" },
    ];
    const inner = { success: [{ request_delete_range: { key: b64("t/a"), prev_kv: true } }] };
    const success = [{ request_put: { key: b64("t/b"), value: b64("2") } }, { request_txn: inner }];
    const { body } = await call("/v3/kv/txn", { compare, success });
    const revision = (body["header"] as { revision: string }).revision;
    expect(body).toMatchObject({
      succeeded: true,
      responses: [
        { response_put: { header: { revision } } },
        {
          response_txn: {
            succeeded: true,
            responses: [{ response_delete_range: { deleted: "1" } }],
          },
        },
      ],
    });
  });

  it("sort and filter ranges", async () => {
    for (const key of ["s/b", "s/a", "s/c"])
      await call("/v3/kv/put", { key: b64(key), value: b64(key) });
    const keys = async (more: object) => {
      const { body } = await call("/v3/kv/range", {
        key: b64("s/"),
        range_end: b64("s0"),
        ...more,
      });
      const kvs = (body["kvs"] ?? []) as { key: string }[];
      return kvs.map(({ key }) => Buffer.from(key, "base64").toString().slice(2)).join("");
    };
    expect(await keys({ sort_order: "DESCEND", sort_target: "KEY" })).toBe("cba");
    expect(await keys({ sort_order: "ASCEND", sort_target: "MOD", limit: "2" })).toBe("ba");
    const { body } = await call("/v3/kv/range", { key: b64("s/a") });
    const [{ mod_revision }] = body["kvs"] as [{ mod_revision: string }];
    expect(await keys({ min_mod_revision: mod_revision })).toBe("ac");
    expect(await keys({ max_mod_revision: mod_revision })).toBe("ab");
  });

  it("tell health, version and status", async () => {
    expect(await send("/health", "", "GET")).toEqual({ status: 200, text: '{"health":"true"}' });
    expect(JSON.parse((await send("/version", "", "GET")).text)).toHaveProperty("etcdserver");
    const { body } = await call("/v3/maintenance/status", {});
    expect(Number(body["dbSize"])).toBeGreaterThan(0);
  });
});

describe("bad input", () => {
  const key = b64("bad");
  const cases: [path: string, body: string, code: number, message: string][] = [
    ["/v3/kv/put", "", 3, "etcdserver: key is not provided"],
    ["/v3/kv/put", "{}", 3, "etcdserver: key is not provided"],
    ["/v3/kv/put", "garbage", 3, "invalid character 'g' looking for beginning of value"],
    ["/v3/kv/put", '{"key":', 3, "unexpected EOF"],
    ["/v3/kv/put", "{key:1}", 3, "invalid character 'k' looking for beginning of object key string"],
    ["/v3/kv/put", '{"key":"!!"}', 3, "illegal base64 data at input byte 0"],
    ["/v3/kv/put", `{"key":5}`, 3, "json: cannot unmarshal number into Go value of type []uint8"],
    ["/v3/kv/put", `{"key":"${key}","lease":"7"}`, 5, "etcdserver: requested lease not found"],
    ["/v3/kv/put", `{"key":"${key}","ignore_value":true}`, 3, "etcdserver: key not found"],
    ["/v3/kv/range", "{}", 3, "etcdserver: key is not provided"],
    ["/v3/kv/range", `{"key":"${key}","revision":"99999999"}`, 11,
      "etcdserver: mvcc: required revision is a future revision"],
    ["/v3/kv/txn", `{"success":[{}]}`, 3, "etcdserver: key not found"],
    ["/v3/kv/compaction", `{"revision":"99999999"}`, 11,
      "etcdserver: mvcc: required revision is a future revision"],
  ]; // prettier-ignore
  it.each(cases)("%s %s", async (path, body, code, message) => {
    const { status, text } = await send(path, body);
    expect(JSON.parse(text)).toEqual({ error: message, message, code });
    expect(status).toBe(code === 5 ? 404 : 400);
  });

  it.each(["[]", '"x"', "5", '{"compare":{}}', '{"success":[1]}'])(
    "a transaction of %s",
    async (body) => expect((await send("/v3/kv/txn", body)).status).toBe(400),
  );

  it("knows no other path and no other method", async () => {
    expect(await send("/v3/nothing", "{}")).toEqual({ status: 404, text: "Not Found\n" });
    expect(await send("/v3/kv/put", "", "GET")).toEqual({
      status: 405,
      text: "Method Not Allowed\n",
    });
  });

  it("refuses what is too large and goes on", async () => {
    const value = "A".repeat(4 * 1024 * 1024);
    const { status, text } = await send("/v3/kv/put", JSON.stringify({ key, value }));
    expect(status).toBe(400);
    expect(JSON.parse(text).message).toBe("etcdserver: request is too large");
    expect((await call("/v3/kv/range", { key })).status).toBe(200);
  });

  it("refuses a transaction nested beyond reason", async () => {
    const depth = 2_000;
    const body = '{"success":[{"request_txn":'.repeat(depth) + "{}" + "}]}".repeat(depth);
    expect((await send("/v3/kv/txn", body)).status).toBe(400);
  });

  it("does not mind a member called __proto__, nor a range that is inside out", async () => {
    expect((await send("/v3/kv/range", `{"__proto__":{"key":"${key}"}}`)).status).toBe(400);
    const { status, body } = await call("/v3/kv/range", { key: b64("z"), range_end: b64("a") });
    expect([status, Object.keys(body)]).toEqual([200, ["header"]]);
  });

  it("outlives connections that break off", async () => {
    for (const text of ["POST /v3/kv/put HTTP/1.1\r\ncontent-length: 100\r\n\r\n{", "\0\0\0", ""]) {
      const socket = connect(socketPath());
      socket.on("error", () => {});
      socket.write(text, () => socket.destroy());
      await new Promise((resolve) => socket.once("close", resolve));
    }
    expect((await call("/v3/kv/range", { key })).status).toBe(200);
  });
});

describe("watch sockets", () => {
  it("carry several watches, each with its own id", async () => {
    const socket = openSocket();
    await socket.opened;
    socket.send({ create_request: { key: b64("x/a") } });
    socket.send({ createRequest: { key: b64("x/"), rangeEnd: b64("x0"), watchId: "77" } });
    socket.send({ create_request: { key: b64("x/a"), watch_id: "77" } });
    expect(await socket.frame(0)).toEqual({ created: true, revision: expect.any(String) });
    expect(await socket.frame(1)).toMatchObject({ created: true, watch_id: "77" });
    expect(await socket.frame(2)).toMatchObject({
      created: true,
      canceled: true,
      watch_id: "-1",
      cancel_reason: "mvcc: duplicate watch ID provided on the WatchStream",
    });
    const { body } = await call("/v3/kv/put", { key: b64("x/a"), value: b64("1") });
    const { revision } = body["header"] as { revision: string };
    const kv = { key: b64("x/a"), create_revision: revision, mod_revision: revision };
    const events = [{ kv: { ...kv, version: "1", value: b64("1") } }];
    await socket.frame(4);
    expect(socket.frames.slice(3)).toEqual(
      expect.arrayContaining([
        { revision, events },
        { revision, events, watch_id: "77" },
      ]),
    );
    socket.send({ cancel_request: { watch_id: "77" } });
    socket.send({ cancel_request: { watch_id: "5" } });
    socket.send({ progress_request: {} });
    expect(await socket.frame(5)).toMatchObject({ watch_id: "77", canceled: true });
    expect(await socket.frame(6)).toEqual({ watch_id: "-1", revision });
    await call("/v3/kv/deleterange", { key: b64("x/a") });
    expect(await socket.frame(7)).toMatchObject({ events: [{ type: "DELETE" }] });
    socket.close();
  });

  it("leave out what is filtered", async () => {
    const socket = openSocket();
    await socket.opened;
    socket.send({ create_request: { key: b64("f/a"), filters: ["NOPUT"], prev_kv: true } });
    await socket.frame(0);
    await call("/v3/kv/put", { key: b64("f/a"), value: b64("1") });
    await call("/v3/kv/deleterange", { key: b64("f/a") });
    const event = { type: "DELETE", prev_kv: { value: b64("1") } };
    expect(await socket.frame(1)).toMatchObject({ events: [event] });
    socket.close();
  });

  it.each(["garbage", "[]", '{"create_request":{"key":5}}', '{"create_request":7}'])(
    "end quietly at %s",
    async (message) => {
      const socket = openSocket();
      await socket.opened;
      socket.send(message);
      await socket.closed();
      expect(socket.frames).toEqual([]);
    },
  );

  it("are opened and dropped by the hundred without harm", async () => {
    for (let n = 0; n < 200; n++) {
      const socket = openSocket();
      await socket.opened;
      socket.send({ create_request: { key: b64("d"), start_revision: "1" } });
      socket.close();
    }
    expect((await call("/v3/kv/put", { key: b64("d"), value: "" })).status).toBe(200);
  });

  it("catch up from history when they were too slow, missing nothing", async () => {
    const socket = openSocket();
    await socket.opened;
    socket.send({ create_request: { key: b64("slow") } });
    await socket.frame(0);
    socket.pause();
    const value = "A".repeat(400_000);
    for (let n = 0; n < 50; n++) await call("/v3/kv/put", { key: b64("slow"), value });
    socket.resume();
    const { body } = await call("/v3/kv/range", { key: b64("slow"), keys_only: true });
    const [{ mod_revision }] = body["kvs"] as [{ mod_revision: string }];
    const told = () => socket.frames.flatMap(revisionsOf);
    await until(() => told().at(-1) === Number(mod_revision));
    const last = Number(mod_revision);
    expect(told()).toEqual(Array.from({ length: 50 }, (_, n) => last - 49 + n));
    socket.close();
  });

  it("are told when they were so slow that history is gone", async () => {
    const socket = openSocket();
    await socket.opened;
    socket.send({ create_request: { key: b64("slower") } });
    await socket.frame(0);
    socket.pause();
    const value = "A".repeat(400_000);
    for (let n = 0; n < 50; n++) await call("/v3/kv/put", { key: b64("slower"), value });
    const { body } = await call("/v3/kv/range", { key: b64("slower"), keys_only: true });
    const [{ mod_revision }] = body["kvs"] as [{ mod_revision: string }];
    await call("/v3/kv/compaction", { revision: mod_revision, physical: true });
    socket.resume();
    await until(() => socket.frames.at(-1)!["canceled"] === true);
    expect(socket.frames.at(-1)).toMatchObject({ compact_revision: mod_revision });
    socket.close();
  });
});

interface Told {
  events?: { kv: { mod_revision: string } }[];
}

const revisionsOf = ({ events = [] }: Told): number[] =>
  events.map(({ kv }) => Number(kv.mod_revision));
