// Watches: how long an event takes to come after its write was sent, beside a load of writes; and how
// many events a second reach 100 watchers of the same keys.

import { fork } from "node:child_process";
import { once } from "node:events";
import { WebSocket } from "ws";

const WATCHERS = 100;
const PAUSE_MS = 5;
const b64 = (text) => Buffer.from(text).toString("base64");

/** @param load writes to other keys for a while */
export async function measureWatchLatency(server, load) {
  const socket = new WebSocket(`${server.address.replace("http", "ws")}/v3/watch`);
  await once(socket, "open");
  socket.send(JSON.stringify({ create_request: { key: b64("/latency") } }));
  await once(socket, "message");
  const latencies = [];
  let isOver = false;
  const loading = load().finally(() => (isOver = true));
  while (!isOver) {
    const sentAt = performance.now();
    const told = once(socket, "message");
    const body = JSON.stringify({ key: b64("/latency"), value: b64("x".repeat(2048)) });
    await (await fetch(`${server.address}/v3/kv/put`, { method: "POST", body })).text();
    await told;
    latencies.push(performance.now() - sentAt);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await loading;
  socket.terminate();
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor(latencies.length * share)];
  return { perSecond: 1000 / at(0.5), p50: at(0.5), p99: at(0.99) };
}

/** @param load writes to the keys that are watched */
export async function measureFanOut(server, load) {
  const child = fork(new URL("fan-out.mjs", import.meta.url).pathname);
  child.send({ port: server.port, watchers: WATCHERS });
  await once(child, "message");
  const began = performance.now();
  const { perSecond: putsPerSecond } = await load();
  const seconds = (performance.now() - began) / 1000;
  child.send("count");
  const [{ frames, bytes }] = await once(child, "message");
  child.kill();
  // a frame may hold several events: what counts is how many bytes of them came
  const events = bytes / EVENT_BYTES;
  return { perSecond: events / seconds, putsPerSecond, framesPerSecond: frames / seconds };
}

/** 2 KB in base64, with its key and revisions. */
const EVENT_BYTES = 2048 * (4 / 3) + 110;
