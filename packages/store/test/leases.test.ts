// Leases: keys that end with their time, and outlive a restart.

import { rm } from "node:fs/promises";
import { VirtualClock } from "@kubonsai/clock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startStore, type RunningStore } from "../src/index.ts";
import { GatewayClient } from "./gateway-client.ts";
import { scratchFolder, silent } from "./scratch-store.ts";

let clock: VirtualClock;
let directory: string;
let store: RunningStore;
let gateway: GatewayClient;

async function start() {
  store = await startStore({ directory, clock, log: silent });
  gateway = new GatewayClient(store.address);
}
beforeEach(async () => {
  clock = new VirtualClock();
  directory = await scratchFolder();
  await start();
});
afterEach(async () => {
  await store.stop();
  await rm(directory, { recursive: true });
});

const grant = (ID: string, TTL: number) => gateway.call("/v3/lease/grant", { ID, TTL });
const put = (key: string, lease: string) => gateway.call("/v3/kv/put", { key, value: "1", lease });
const timeOf = async (ID: string) =>
  (await gateway.call("/v3/lease/timetolive", { ID, keys: true })).body;

async function keys(): Promise<string[]> {
  const { body } = await gateway.call("/v3/kv/range", { key: "\0", range_end: "\0" });
  const kvs = (body["kvs"] ?? []) as { key: string }[];
  return kvs.map(({ key }) => Buffer.from(key, "base64").toString());
}

async function eventually(wanted: string[]): Promise<void> {
  for (let turn = 0; turn < 1000; turn++) if ((await keys()).join() === wanted.join()) return;
  expect(await keys()).toEqual(wanted);
}

it("take their keys with them when their time is over, at one revision", async () => {
  await grant("7", 10);
  await put("a", "7");
  await put("b", "7");
  await gateway.call("/v3/kv/put", { key: "c", value: "stays" });
  await clock.advance(9_000);
  expect(await timeOf("7")).toMatchObject({ TTL: "1", grantedTTL: "10", keys: ["YQ==", "Yg=="] });
  expect(await keys()).toEqual(["a", "b", "c"]);
  await clock.advance(1_001);
  await eventually(["c"]);
  const events = await gateway.lines(
    "/v3/watch",
    { create_request: { key: "\0", range_end: "\0", start_revision: "5" } },
    2,
  );
  expect(events[1]!["events"]).toMatchObject([
    { type: "DELETE", kv: { key: "YQ==", mod_revision: "5" } },
    { type: "DELETE", kv: { key: "Yg==", mod_revision: "5" } },
  ]);
  expect(await timeOf("7")).toMatchObject({ ID: "7", TTL: "-1" });
});

it("live on when they are kept alive", async () => {
  await grant("7", 10);
  await put("a", "7");
  for (let n = 0; n < 5; n++) {
    await clock.advance(8_000);
    const { text } = await gateway.send("/v3/lease/keepalive", { ID: "7" });
    expect(JSON.parse(text).result).toMatchObject({ ID: "7", TTL: "10" });
  }
  expect(await keys()).toEqual(["a"]);
});

it("let go of a key that gets another, or none", async () => {
  await grant("7", 10);
  await grant("8", 100);
  await put("a", "7");
  await put("b", "7");
  await put("a", "8");
  await gateway.call("/v3/kv/put", { key: "b", value: "2" });
  await clock.advance(11_000);
  await eventually(["a", "b"]);
  expect((await timeOf("7"))["TTL"]).toBe("-1");
  expect(await timeOf("8")).toMatchObject({ keys: ["YQ=="] });
});

it("are there again after a restart, with their keys and their whole time", async () => {
  await grant("9223372036854775807", 10);
  await put("a", "9223372036854775807");
  await clock.advance(8_000);
  await store.stop();
  await start();
  expect(await timeOf("9223372036854775807")).toMatchObject({ TTL: "10", keys: ["YQ=="] });
  await clock.advance(10_001);
  await eventually([]);
});

it("get an id of their own when none is asked for", async () => {
  const [one, other] = [await grant("0", 5), await grant("0", 5)];
  expect(one.body["ID"]).toMatch(/^\d{15,19}$/);
  expect(other.body["ID"]).not.toBe(one.body["ID"]);
});
