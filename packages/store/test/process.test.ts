// The store as a process: killed in the middle of its work, told to stop, refused its folder.

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { integerBelow, seededRandom, systemClock } from "@kubonsai/clock";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { connectStore, prefixEnd, type StoreClient } from "../src/index.ts";
import { put, remove, until, write } from "./contract.ts";
import { scratchFolder } from "./scratch-store.ts";

// inside the package, so that the bundle finds its dependencies
const bundles = new URL("../dist/test/", import.meta.url).pathname;
const bundle = join(bundles, "store.mjs");
const entry = new URL("../src/main.ts", import.meta.url).pathname;

/** `npm run test:crash` asks for more. */
const KILLS = Number(process.env["KUBONSAI_KILLS"] ?? 6);
const LONGEST_KILLS_MS = 30_000 + KILLS * 3_000;

let folder: string;
let client: StoreClient;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  await mkdir(bundles, { recursive: true });
  const external = ["level", "pino", "ws"];
  const more = { bundle: true, platform: "node", format: "esm", external } as const;
  await build({ entryPoints: [entry], outfile: bundle, ...more });
});
afterAll(() => rm(bundles, { recursive: true }));
beforeEach(async () => {
  folder = await scratchFolder();
  const address = `unix:${join(folder, "run", "store.sock")}`;
  client = connectStore({ address, clock: systemClock });
});
afterEach(async () => {
  await client.close();
  for (const child of children) child.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

function launch() {
  const directory = join(folder, "data");
  const settings = { directory, socketPath: join(folder, "run", "store.sock"), logLevel: "warn" };
  const child = fork(bundle, [], {
    env: { ...process.env, KUBONSAI_OPTIONS: JSON.stringify(settings) },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: [],
  });
  let errors = "";
  child.stderr!.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  children.add(child);
  const exited = once(child, "exit").then(([code, signal]) => {
    children.delete(child);
    return (code ?? signal) as number | string;
  });
  const ready = once(child, "message").then(([message]) => message as object);
  return { child, exited, ready, errors: () => errors };
}

it(
  "loses nothing acknowledged when it is killed, again and again",
  { timeout: LONGEST_KILLS_MS },
  async () => {
    const random = seededRandom(Number(process.env["KUBONSAI_SEED"] ?? 7));
    const acknowledged = new Map<string, number>();
    const given = new Set<number>();
    let newest = 1;
    for (let round = 0; round < KILLS; round++) {
      const { child, exited, ready } = launch();
      await ready;
      await check(round - 1);
      const before = given.size;
      const writers = Array.from({ length: 16 }, (_, n) => writeUntilGone(`/${round}/${n}`));
      const enough = 20 + integerBelow(random, 200);
      await until(() => given.size >= before + enough);
      child.kill("SIGKILL");
      await Promise.all([...writers, exited]);
    }
    const { ready } = launch();
    await ready;
    for (let round = 0; round < KILLS; round++) await check(round);
    const { revision } = await client.range({ key: "/" });
    expect(await write(client, put("/after", "1"))).toBe(revision + 1);

    /** What the round was told is there, at the revision that it was told. */
    async function check(round: number): Promise<void> {
      const prefix = `/${round}/`;
      const { kvs, revision } = await client.range({ key: prefix, rangeEnd: prefixEnd(prefix) });
      expect(revision).toBeGreaterThanOrEqual(newest);
      const found = new Map(kvs.map(({ key, modRevision }) => [key, modRevision]));
      for (const [key, told] of acknowledged) {
        if (key.startsWith(prefix)) expect(found.get(key), key).toBe(told);
      }
      newest = revision;
    }

    /** New keys, and one that is written and deleted over and over. */
    async function writeUntilGone(prefix: string): Promise<void> {
      for (let n = 0; ; n++) {
        const key = `${prefix}/${n}`;
        const other = n % 2 === 0 ? put(`${prefix}/again`, `${n}`) : remove(`${prefix}/again`);
        const told = await write(client, put(key, "x".repeat(500)), other).catch(() => undefined);
        if (told === undefined) return;
        expect(given.has(told), `revision ${told} was given twice`).toBe(false);
        given.add(told);
        acknowledged.set(key, told);
      }
    }
  },
);

it("says where it listens, and stops when told or when its parent is gone", async () => {
  const first = launch();
  expect(await first.ready).toEqual({
    type: "ready",
    address: `unix:${join(folder, "run", "store.sock")}`,
  });
  await write(client, put("/a", "1"));
  first.child.kill("SIGTERM");
  expect(await first.exited).toBe(0);
  const second = launch();
  await second.ready;
  expect((await client.range({ key: "/a" })).count).toBe(1);
  second.child.disconnect();
  expect(await second.exited).toBe(0);
});

it("says in one line that its folder is taken, and exits with 1", async () => {
  const { ready } = launch();
  await ready;
  const other = launch();
  other.ready.catch(() => {});
  expect(await other.exited).toBe(1);
  expect(other.errors().trim().split("\n")).toHaveLength(1);
  expect(other.errors()).toContain("is in use by another process");
});
