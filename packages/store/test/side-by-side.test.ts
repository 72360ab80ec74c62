// The same requests to a real etcd and to our store: their answers must be the same to the letter, but
// for who answers. Runs when ETCD_BINARY names etcd's program (`npm run test:etcd`).

import { systemClock } from "@kubonsai/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startStore } from "../src/index.ts";
import { until } from "./contract.ts";
import { conversation, wire } from "./conversation.ts";
import { startScratchEtcd } from "./real-etcd.ts";
import { scratchFolder, silent } from "./scratch-store.ts";

const binary = process.env["ETCD_BINARY"];

/** Address of etcd, address of the store. */
let addresses: [string, string];
const ending: (() => Promise<void>)[] = [];

const anonymous = (text: string) =>
  text.replaceAll(/"cluster_id":"\d+","member_id":"\d+",?|,?"raft_term":"\d+"/g, "");

async function answer(address: string, path: string, body: string): Promise<string> {
  const response = await fetch(address + path, { method: "POST", body });
  return `${response.status} ${anonymous(await response.text())}`;
}

const both = <T>(ask: (address: string) => Promise<T>) => Promise.all(addresses.map(ask));

describe.skipIf(!binary)("etcd and the store", () => {
  beforeAll(async () => {
    const etcd = await startScratchEtcd(binary!);
    const directory = await scratchFolder();
    const store = await startStore({ directory, clock: systemClock, log: silent });
    addresses = [etcd.address, store.address];
    ending.push(etcd.stop, store.stop);
  });
  afterAll(async () => {
    for (const end of ending) await end();
  });

  it("answer alike, request by request", async () => {
    const differences: string[] = [];
    for (const [path, body] of conversation) {
      const text = wire(body);
      const [etcd, store] = await both((address) => answer(address, path, text));
      if (etcd !== store) differences.push(`${path} ${text}\n  etcd:  ${etcd}\n  store: ${store}`);
    }
    expect(differences.join("\n")).toBe("");
  });

  it.each(sessions())("tell watches the same: %s", async (_, steps) => {
    const [etcd, store] = await both((address) => session(address, steps));
    expect(store).toEqual(etcd);
  });
});

const b64 = (text: string) => Buffer.from(text).toString("base64");

/** A message, or a call to make between messages; how many messages must have come after it. */
type Step = [send: object | string | { path: string; body: object }, messages: number];

function sessions(): [string, Step[]][] {
  const create = (more: object) => ({ create_request: { key: b64("w"), ...more } });
  const put = (value: string) => ({ path: "/v3/kv/put", body: { key: "w", value } });
  const remove = { path: "/v3/kv/deleterange", body: { key: "w" } };
  return [
    ["ids", [
      [create({ watch_id: "5" }), 1], [create({ watch_id: "-3" }), 2], [create({}), 3],
      [create({ watch_id: "1" }), 4], [create({}), 5], [create({ watch_id: "5" }), 6],
      [{ cancel_request: { watch_id: "99" } }, 6], [{ cancel_request: {} }, 7],
    ]],
    ["ranges", [
      [{ create_request: {} }, 1], [create({ range_end: b64("a") }), 2],
      [create({ range_end: b64("w") }), 3], [{ create_request: { range_end: "AA==" } }, 4],
      [put("1"), 5],
    ]],
    ["previous values and filters", [
      [put("0"), 0], [create({ prev_kv: true, filters: ["NOPUT"] }), 1], [put("1"), 1],
      [remove, 2], [create({ filters: [1], watch_id: 9 }), 3], [put("2"), 4], [remove, 5],
    ]],
    ["pieces", [
      [`${JSON.stringify(create({}))}${JSON.stringify(create({}))}`, 2],
      ['{"create_request":{"key":', 2], ['"dw=="}}', 3], ["{}", 3], [put("1"), 6],
    ]],
    ["progress", [[create({}), 1], [{ progress_request: {} }, 2]]],
    ["history", [[put("1"), 0], [put("2"), 0], [remove, 0], [create({ start_revision: "9" }), 2]]],
    ["compacted", [[create({ start_revision: "2", watch_id: "7" }), 2]]],
  ]; // prettier-ignore
}

/** Everything that was told, in the order of watches and then of time. */
async function session(address: string, steps: Step[]): Promise<string[]> {
  const socket = new WebSocket(`${address.replace("http", "ws")}/v3/watch`);
  const told: string[] = [];
  socket.on("message", (data) => told.push(anonymous(data.toString())));
  await new Promise((resolve) => socket.once("open", resolve));
  for (const [step, messages] of steps) {
    if (typeof step === "object" && "path" in step)
      await answer(address, step.path, wire(step.body));
    else socket.send(typeof step === "string" ? step : JSON.stringify(step));
    await until(() => told.length >= messages);
  }
  socket.close();
  return told.sort();
}
