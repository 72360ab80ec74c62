// What is left after the process is gone, and how a client finds its way back.

import { cp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "@kubonsai/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectStore, startStore, type StoreClient } from "../src/index.ts";
import { contents, follow, put, remove, until, write } from "./contract.ts";
import { scratchFolder, silent, startIn } from "./scratch-store.ts";

let folder: string;
const ending: (() => Promise<unknown>)[] = [];
beforeEach(async () => void (folder = await scratchFolder()));
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  await rm(folder, { recursive: true });
});

async function open(directory = join(folder, "data")) {
  const running = await startIn(folder, directory);
  const client = connectStore({ address: running.address, clock: systemClock });
  const stop = async () => {
    await client.close();
    await running.stop();
  };
  return { running, client, stop };
}

async function opened(directory?: string) {
  const store = await open(directory);
  ending.push(store.stop);
  return store;
}

describe("a store that is opened again", () => {
  it("has everything, and goes on counting", async () => {
    const first = await open();
    await write(first.client, put("/a", "1"), put("/b", "1"));
    await write(first.client, remove("/b"));
    await first.stop();
    const { client } = await opened();
    expect(await contents(client)).toBe("/a=1");
    expect(await contents(client, 2)).toBe("/a=1 /b=1");
    expect(await write(client, put("/a", "2"))).toBe(4);
    const { kvs } = await client.range({ key: "/a" });
    expect(kvs[0]).toMatchObject({ createRevision: 2, modRevision: 4, version: 2 });
  });

  it("remembers what it forgot", async () => {
    const first = await open();
    for (const value of ["1", "2", "3"]) await write(first.client, put("/a", value));
    await first.client.compact(4);
    await first.stop();
    const { client } = await opened();
    await expect(contents(client, 3)).rejects.toMatchObject({ code: "compacted" });
    expect(await contents(client, 4)).toBe("/a=3");
  });

  it("has all that was acknowledged in a copy of the folder taken at any time", async () => {
    const { client } = await opened();
    const acknowledged: number[] = [];
    const writing = Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        acknowledged.push(await write(client, put(`/k${n}`, `${n}`)));
      }),
    );
    await until(() => acknowledged.length > 50);
    const known = acknowledged.length;
    await cp(join(folder, "data"), join(folder, "copy"), { recursive: true });
    await writing;
    const copy = await startStore({
      directory: join(folder, "copy"),
      socketPath: join(folder, "copy.sock"),
      clock: systemClock,
      log: silent,
    });
    const reader = connectStore({ address: copy.address, clock: systemClock });
    ending.push(
      () => copy.stop(),
      () => reader.close(),
    );
    const { revision, count } = await reader.range({ key: "/", rangeEnd: "0", countOnly: true });
    expect(count).toBeGreaterThanOrEqual(known);
    expect(revision).toBe(count + 1);
  });
});

describe("a client", () => {
  it("says that the store is unavailable, and finds it again", async () => {
    const first = await open();
    const client = connectStore({ address: first.running.address, clock: systemClock });
    ending.push(() => client.close());
    await write(client, put("/a", "1"));
    await first.stop();
    await expect(contents(client)).rejects.toMatchObject({ code: "unavailable" });
    await opened();
    expect(await contents(client)).toBe("/a=1");
  });

  it("goes on watching where it was when the store comes back", async () => {
    const first = await open();
    const client = connectStore({ address: first.running.address, clock: systemClock });
    ending.push(() => client.close());
    const watch = follow(client, { key: "/", rangeEnd: "0" });
    await watch.created();
    await write(client, put("/a", "1"));
    await watch.told(1);
    await first.stop();
    const { client: other } = await opened();
    await write(other, put("/a", "2"));
    expect(await watch.told(2)).toBe("2:/a=1 3:/a=2");
    await write(other, put("/a", "3"));
    expect(await watch.told(3)).toBe("2:/a=1 3:/a=2 4:/a=3");
  });

  it("is told when the history that it missed is gone", async () => {
    const first = await open();
    const client = connectStore({ address: first.running.address, clock: systemClock });
    ending.push(() => client.close());
    await write(client, put("/a", "1"));
    const watch = follow(client, { key: "/", rangeEnd: "0", startRevision: 2 });
    await watch.told(1);
    await first.stop();
    const directory = join(folder, "data");
    const offline = await startStore({ directory, clock: systemClock, log: silent });
    const writer = connectStore({ address: offline.address, clock: systemClock });
    for (const value of ["2", "3", "4"]) await write(writer, put("/a", value));
    await writer.compact(5);
    await writer.close();
    await offline.stop();
    await opened();
    expect(await watch.ended()).toMatchObject({ code: "compacted", compactRevision: 5 });
  });
});

describe("the folder and the socket", () => {
  it("are the owner's alone", async () => {
    const { running } = await opened();
    const path = running.address.slice("unix:".length);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o700);
  });

  it("have one store at a time", async () => {
    await opened();
    await expect(open()).rejects.toThrow(/is in use by another process/);
  });

  it("listen on TCP when asked", async () => {
    const listen = { host: "127.0.0.1", port: 0 };
    const directory = join(folder, "data");
    const running = await startStore({ directory, listen, clock: systemClock, log: silent });
    const client: StoreClient = connectStore({ address: running.address, clock: systemClock });
    ending.push(
      () => running.stop(),
      () => client.close(),
    );
    expect(running.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await write(client, put("/a", "1"))).toBe(2);
  });
});
