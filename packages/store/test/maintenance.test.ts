// What looks after a store: snapshots and restoring, hash, defragmentation, figures; streams over HTTP.

import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "@kubonsai/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectStore, restoreSnapshot, startStore, type RunningStore } from "../src/index.ts";
import { eventsParts } from "../src/watch/answers.ts";
import { contents, put, remove, write } from "./contract.ts";
import { GatewayClient } from "./gateway-client.ts";
import { scratchFolder, silent } from "./scratch-store.ts";

let folder: string;
let store: RunningStore;
let gateway: GatewayClient;
const ending: (() => Promise<unknown>)[] = [];

async function open(directory: string) {
  const running = await startStore({ directory, clock: systemClock, log: silent });
  const client = connectStore({ address: running.address, clock: systemClock });
  ending.push(running.stop, () => client.close());
  return { running, client };
}

beforeEach(async () => {
  folder = await scratchFolder();
  const { running, client } = await open(join(folder, "data"));
  store = running;
  gateway = new GatewayClient(store.address);
  await write(client, put("/a", "1"), put("/b", "1"));
  await write(client, put("/a", "2"));
  await write(client, remove("/b"));
});
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  await rm(folder, { recursive: true });
});

describe("a snapshot", () => {
  const file = () => join(folder, "snapshot.json");
  const take = async () => (await gateway.send("/v3/maintenance/snapshot", {})).text;

  it("restores everything: state, history and count", async () => {
    await gateway.call("/v3/lease/grant", { ID: "7", TTL: 600 });
    await writeFile(file(), await take());
    await restoreSnapshot(file(), join(folder, "restored"));
    const { running, client } = await open(join(folder, "restored"));
    expect([await contents(client), await contents(client, 2)]).toEqual(["/a=2", "/a=1 /b=1"]);
    expect(await write(client, put("/c", "1"))).toBe(5);
    const { body } = await new GatewayClient(running.address).call("/v3/lease/leases", {});
    expect(body["leases"]).toEqual([{ ID: "7" }]);
  });

  it("is refused when it is not whole, was altered, or would go over something", async () => {
    const whole = await take();
    const lines = whole.trim().split("\n");
    for (const text of [
      lines.slice(0, -1).join("\n"),
      whole.replace(/blob":"..../, 'blob":"AAAA'),
      "x",
    ]) {
      await writeFile(file(), text);
      await expect(restoreSnapshot(file(), join(folder, "new"))).rejects.toThrow(/snapshot/);
    }
    await writeFile(file(), whole);
    await expect(restoreSnapshot(file(), join(folder, "data"))).rejects.toThrow(/is not empty/);
  });
});

it("hashes the same contents alike, and others not", async () => {
  const hash = async () => (await gateway.call("/v3/maintenance/hash", {})).body["hash"];
  const before = await hash();
  expect(before).toBe(await hash());
  await gateway.call("/v3/kv/put", { key: "/a", value: "3" });
  expect(await hash()).not.toBe(before);
});

it("gives room back, and tells figures", async () => {
  expect((await gateway.call("/v3/maintenance/defragment", {})).body).toEqual({});
  const figures = await (await fetch(`${store.address}/metrics`)).text();
  expect(figures).toMatch(/^etcd_debugging_mvcc_current_revision 4$/m);
  expect(figures).toMatch(/^etcd_mvcc_put_total 3$/m);
});

describe("a watch over HTTP", () => {
  const watch = (more: object) => ({ create_request: { key: "/", range_end: "0", ...more } });

  it("goes on after the request has ended", async () => {
    const lines = gateway.lines("/v3/watch", watch({ start_revision: "3" }), 3);
    await systemClock.sleep(50);
    await gateway.call("/v3/kv/put", { key: "/c", value: "1" });
    const [created, history, live] = await lines;
    expect(created).toMatchObject({ created: true });
    expect(history!["events"]).toHaveLength(2);
    expect(live!["events"]).toMatchObject([{ kv: { mod_revision: "5" } }]);
  });

  it("comes in parts when it asked for that and there is much", () => {
    const value = Buffer.alloc(400_000, "x");
    const changes = Array.from({ length: 8 }, (_, sub) => ({
      type: "put" as const,
      entry: { key: "/a", value, createRevision: 2, modRevision: 2, sub, version: 1, lease: 0n },
      previous: undefined,
    }));
    const request = {
      key: "/a",
      end: undefined,
      startRevision: 0,
      withPrevious: false,
      notifiesProgress: false,
      fragments: true,
      filters: [],
    };
    const parts = eventsParts(changes, request).map((part) => JSON.parse(`{${part}}`));
    expect(parts.map(({ fragment }) => fragment)).toEqual([true, undefined]);
    expect(parts.flatMap(({ events }) => events)).toHaveLength(8);
    expect(eventsParts(changes, { ...request, fragments: false })).toHaveLength(1);
  });
});
