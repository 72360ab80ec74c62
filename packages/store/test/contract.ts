// What every store must do, whatever it is made of: run against each of them.

import { systemClock } from "@kubonsai/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  prefixEnd,
  type Operation,
  type StoreClient,
  type StoreError,
  type StoreEvent,
  type WatchRequest,
} from "../src/index.ts";

/** A store of its own for one test. */
export interface StoreUnderTest {
  client: StoreClient;
  /** The newest revision when the test begins: 1 in an empty etcd. */
  stop(): Promise<void>;
}

export function describeStore(name: string, start: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let store: StoreUnderTest;
    let client: StoreClient;
    beforeEach(async () => {
      store = await start();
      client = store.client;
    });
    afterEach(() => store.stop());

    describe("range", () => rangeTests(() => client));
    describe("txn", () => txnTests(() => client));
    describe("compact", () => compactionTests(() => client));
    describe("watch", () => watchTests(() => client));
  });
}

export const put = (key: string, value: string): Operation => ({
  put: { key, value: Buffer.from(value) },
});

export const remove = (key: string, rangeEnd?: string): Operation => ({
  delete: { key, rangeEnd },
});

export async function write(client: StoreClient, ...success: Operation[]): Promise<number> {
  const { revision } = await client.txn({ compare: [], success });
  return revision;
}

/** `/a=1 /b=2` as of `revision`. */
export async function contents(client: StoreClient, revision?: number): Promise<string> {
  const { kvs } = await client.range({ key: "/", rangeEnd: "0", revision });
  return kvs.map(({ key, value }) => `${key}=${value.toString()}`).join(" ");
}

/** Follows a watch, one word an event: `2:/a=1` a put, `3:/a-` a deletion. */
export function follow(client: StoreClient, request: WatchRequest) {
  const abort = new AbortController();
  const words: string[] = [];
  const batches: string[] = [];
  const previous: (string | undefined)[] = [];
  let ended: StoreError | undefined;
  let created = 0;
  let progress = 0;
  client.watch(
    request,
    {
      onCreated: (revision) => (created = revision),
      onEvents(events) {
        words.push(...events.map(word));
        batches.push(events.map(word).join(" "));
        previous.push(...events.map((event) => event.previous?.value.toString()));
      },
      onProgress: (revision) => (progress = revision),
      onEnd: (error) => (ended = error),
    },
    abort.signal,
  );
  return {
    words,
    batches,
    previous,
    stop: () => abort.abort(),
    created: () => until(() => created > 0).then(() => created),
    told: (count: number) => until(() => words.length >= count).then(() => words.join(" ")),
    ended: () => until(() => ended !== undefined).then(() => ended!),
    progress: () => progress,
  };
}

/** Turns of the event loop until `condition` holds. */
export async function until(condition: () => boolean, limitMs = 10_000): Promise<void> {
  const end = systemClock.now() + limitMs;
  while (!condition()) {
    if (systemClock.now() > end) throw new Error("condition not met in time");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const word = ({ type, kv }: StoreEvent): string =>
  type === "put"
    ? `${kv.modRevision}:${kv.key}=${kv.value.toString()}`
    : `${kv.modRevision}:${kv.key}-`;

function rangeTests(client: () => StoreClient): void {
  it("finds nothing in an empty store", async () => {
    const result = await client().range({ key: "/a" });
    expect(result).toEqual({ revision: 1, kvs: [], more: false, count: 0 });
  });

  it("gives the first write revision 2 and counts versions", async () => {
    await write(client(), put("/a", "1"));
    await write(client(), put("/a", "2"));
    const { kvs, revision } = await client().range({ key: "/a" });
    const value = Buffer.from("2");
    expect(revision).toBe(3);
    expect(kvs).toEqual([{ key: "/a", value, createRevision: 2, modRevision: 3, version: 2 }]);
  });

  it("starts anew after a deletion", async () => {
    await write(client(), put("/a", "1"));
    await write(client(), remove("/a"));
    await write(client(), put("/a", "2"));
    const { kvs } = await client().range({ key: "/a" });
    expect(kvs[0]).toMatchObject({ createRevision: 4, modRevision: 4, version: 1 });
  });

  it("orders keys by their bytes and stops at the end", async () => {
    const keys = ["/b", "/a/1", "/a", "/a/2", "/ä", "/a\u0000", "/a0", "/c", "0"];
    for (const key of keys) await write(client(), put(key, "x"));
    const { kvs } = await client().range({ key: "/", rangeEnd: prefixEnd("/") });
    const inOrder = ["/a", "/a\u0000", "/a/1", "/a/2", "/a0", "/b", "/c", "/ä"];
    expect(kvs.map(({ key }) => key)).toEqual(inOrder);
    const past = await client().range({ key: "/", rangeEnd: "0", revision: 9 });
    expect(past.kvs.map(({ key }) => key)).toEqual(inOrder);
  });

  it("pages with a limit and counts the whole range, now and in the past", async () => {
    for (const key of ["/a", "/b", "/c", "/d"]) await write(client(), put(key, "x"));
    for (const revision of [undefined, 4]) {
      const all = { key: "/", rangeEnd: "0", revision };
      const first = await client().range({ ...all, limit: 2 });
      const count = revision === undefined ? 4 : 3;
      expect(first.kvs.map(({ key }) => key)).toEqual(["/a", "/b"]);
      expect(first).toMatchObject({ more: true, count, revision: 5 });
      const rest = await client().range({ ...all, key: "/b\0", limit: 2 });
      expect(rest).toMatchObject({ more: false, count: count - 2 });
    }
  });

  it("answers with keys or a number alone", async () => {
    await write(client(), put("/a", "1"), put("/b", "2"));
    const all = { key: "/", rangeEnd: "0" };
    const keys = await client().range({ ...all, keysOnly: true });
    expect(keys.kvs.map(({ value }) => value.length)).toEqual([0, 0]);
    const number = await client().range({ ...all, countOnly: true });
    expect(number).toMatchObject({ kvs: [], count: 2 });
  });

  it("reads the past as it was", async () => {
    await write(client(), put("/a", "1"));
    await write(client(), put("/a", "2"), put("/b", "1"));
    await write(client(), remove("/a"));
    await write(client(), put("/a", "3"));
    expect(await contents(client(), 1)).toBe("");
    expect(await contents(client(), 2)).toBe("/a=1");
    expect(await contents(client(), 3)).toBe("/a=2 /b=1");
    expect(await contents(client(), 4)).toBe("/b=1");
    expect(await contents(client(), 5)).toBe("/a=3 /b=1");
    expect(await contents(client())).toBe("/a=3 /b=1");
  });

  it("refuses a revision from the future", async () => {
    await expect(client().range({ key: "/a", revision: 7 })).rejects.toMatchObject({
      code: "future",
    });
  });

  it("carries bytes and keys of any kind", async () => {
    const value = Buffer.from([0, 255, 10, 34, 92, 200]);
    await client().txn({ compare: [], success: [{ put: { key: '/"\\\n☃', value } }] });
    const { kvs } = await client().range({ key: '/"\\\n☃' });
    expect(kvs[0]!.value.equals(value)).toBe(true);
  });
}

function txnTests(client: () => StoreClient): void {
  const create = (key: string, value: string) =>
    client().txn({ compare: [{ key, modRevision: 0 }], success: [put(key, value)] });

  it("creates what does not exist, once", async () => {
    expect(await create("/a", "1")).toMatchObject({ succeeded: true, revision: 2 });
    expect(await create("/a", "2")).toMatchObject({ succeeded: false, revision: 2 });
    expect(await contents(client())).toBe("/a=1");
  });

  it("shows what is there when a comparison fails", async () => {
    await create("/a", "1");
    const { responses } = await client().txn({
      compare: [{ key: "/a", modRevision: 1 }],
      success: [put("/a", "2")],
      failure: [{ range: { key: "/a" } }],
    });
    expect(responses[0]!.kvs[0]).toMatchObject({ key: "/a", modRevision: 2 });
  });

  it("gives all its writes one revision", async () => {
    await write(client(), put("/x", "0"));
    const result = await client().txn({
      compare: [],
      success: [
        put("/a", "1"),
        remove("/x"),
        put("/b", "2"),
        { range: { key: "/", rangeEnd: "0" } },
      ],
    });
    expect(result.revision).toBe(3);
    expect(result.responses[3]!.kvs.map(({ modRevision }) => modRevision)).toEqual([3, 3]);
  });

  it("takes no revision for deleting nothing", async () => {
    expect(await write(client(), remove("/none"))).toBe(1);
  });

  it("deletes ranges", async () => {
    await write(client(), put("/a", "1"), put("/b", "1"), put("/c", "1"));
    await write(client(), remove("/a", "/c"));
    expect(await contents(client())).toBe("/c=1");
  });

  it("lets exactly one of many rivals win, each seeing the winner", async () => {
    const results = await Promise.all(Array.from({ length: 40 }, (_, n) => create("/a", `${n}`)));
    expect(results.filter(({ succeeded }) => succeeded)).toHaveLength(1);
  });

  it("chains writes that are under way at the same time", async () => {
    const increments = Array.from({ length: 50 }, async () => {
      for (;;) {
        const { kvs } = await client().range({ key: "/n" });
        const value = `${Number(kvs[0]?.value.toString() ?? "0") + 1}`;
        const modRevision = kvs[0]?.modRevision ?? 0;
        const compare = [{ key: "/n", modRevision }];
        const { succeeded } = await client().txn({ compare, success: [put("/n", value)] });
        if (succeeded) return;
      }
    });
    await Promise.all(increments);
    expect(await contents(client())).toBe("/n=50");
  });

  it("deletes ranges over writes that are still under way", async () => {
    const writes = ["/a", "/b", "/c"].map((key) => write(client(), put(key, "1")));
    const revision = await Promise.all([...writes, write(client(), remove("/", "0"))]);
    const { revision: newest, count } = await client().range({ key: "/", rangeEnd: "0" });
    expect(newest).toBe(Math.max(...revision));
    const later = revision.slice(0, 3).filter((one) => one > revision[3]!).length;
    expect(count).toBe(later);
  });

  it("refuses to write a key twice", async () => {
    await expect(write(client(), put("/a", "1"), put("/a", "2"))).rejects.toMatchObject({
      code: "invalid",
      message: "etcdserver: duplicate key given in txn request",
    });
    await expect(write(client(), put("/a", "1"), remove("/", "0"))).rejects.toMatchObject({
      code: "invalid",
    });
    expect(await contents(client())).toBe("");
  });

  it("refuses more than 128 operations", async () => {
    const many = Array.from({ length: 129 }, (_, n) => put(`/${n}`, "x"));
    await expect(write(client(), ...many)).rejects.toMatchObject({
      message: "etcdserver: too many operations in txn request",
    });
  });
}

function compactionTests(client: () => StoreClient): void {
  beforeEach(async () => {
    await write(client(), put("/a", "1"), put("/b", "1"));
    await write(client(), put("/a", "2"));
    await write(client(), remove("/b"));
    await write(client(), put("/a", "3"));
  });

  it("forgets what lies below and keeps what was then", async () => {
    await client().compact(4);
    await expect(contents(client(), 3)).rejects.toMatchObject({ code: "compacted" });
    expect(await contents(client(), 4)).toBe("/a=2");
    expect(await contents(client(), 5)).toBe("/a=3");
    expect(await contents(client())).toBe("/a=3");
  });

  it("refuses what is compacted already or not yet there", async () => {
    await client().compact(3);
    await expect(client().compact(3)).rejects.toMatchObject({ code: "compacted" });
    await expect(client().compact(9)).rejects.toMatchObject({ code: "future" });
  });

  it("ends a watch that begins below", async () => {
    await client().compact(4);
    const watch = follow(client(), { key: "/", rangeEnd: "0", startRevision: 3 });
    expect(await watch.ended()).toMatchObject({ code: "compacted", compactRevision: 4 });
  });

  it("replays from the compacted revision on", async () => {
    await client().compact(3);
    const watch = follow(client(), { key: "/", rangeEnd: "0", startRevision: 3 });
    expect(await watch.told(3)).toBe("3:/a=2 4:/b- 5:/a=3");
    watch.stop();
  });
}

function watchTests(client: () => StoreClient): void {
  const everything = { key: "/", rangeEnd: "0" };

  it("tells what happens from now on, with the value before", async () => {
    await write(client(), put("/a", "0"));
    const watch = follow(client(), { ...everything, withPrevious: true });
    expect(await watch.created()).toBe(2);
    await write(client(), put("/a", "1"));
    await write(client(), remove("/a"));
    expect(await watch.told(2)).toBe("3:/a=1 4:/a-");
    expect(watch.previous).toEqual(["0", "1"]);
    watch.stop();
  });

  it("replays history, then goes on live, missing and doubling nothing", async () => {
    const writes: Promise<number>[] = [];
    for (let n = 0; n < 300; n++) writes.push(write(client(), put(`/k${n % 7}`, `${n}`)));
    await Promise.all(writes.slice(0, 100));
    const watch = follow(client(), { ...everything, startRevision: 2 });
    for (let n = 0; n < 100; n++) writes.push(write(client(), put(`/k${n % 7}`, `${n}`)));
    await Promise.all(writes);
    await watch.told(400);
    const revisions = watch.words.map((one) => Number(one.split(":")[0]));
    expect(revisions).toEqual(Array.from({ length: 400 }, (_, n) => n + 2));
    watch.stop();
  });

  it("tells the events of one transaction together", async () => {
    await write(client(), put("/x", "0"));
    const watch = follow(client(), { ...everything, startRevision: 2 });
    await watch.told(1);
    await write(client(), put("/a", "1"), remove("/x"));
    expect(await watch.told(3)).toBe("2:/x=0 3:/a=1 3:/x-");
    expect(watch.batches.at(-1)).toBe("3:/a=1 3:/x-");
    watch.stop();
  });

  it("keeps watches of one key, of a range and of others apart", async () => {
    const one = follow(client(), { key: "/a" });
    const range = follow(client(), { key: "/a", rangeEnd: "/b" });
    await Promise.all([one.created(), range.created()]);
    await write(client(), put("/a", "1"), put("/aa", "2"), put("/b", "3"));
    expect(await range.told(2)).toBe("2:/a=1 2:/aa=2");
    expect(await one.told(1)).toBe("2:/a=1");
    one.stop();
    range.stop();
  });

  it("waits for a revision in the future", async () => {
    const watch = follow(client(), { ...everything, startRevision: 4 });
    await watch.created();
    for (const value of ["1", "2", "3"]) await write(client(), put("/a", value));
    expect(await watch.told(1)).toBe("4:/a=3");
    watch.stop();
  });

  it("tells nothing after it was stopped", async () => {
    const stopped = follow(client(), everything);
    const other = follow(client(), everything);
    await Promise.all([stopped.created(), other.created()]);
    stopped.stop();
    await write(client(), put("/a", "1"));
    await other.told(1);
    expect(stopped.words).toEqual([]);
    other.stop();
  });
}
