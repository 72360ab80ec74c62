// The log before the database: torn, damaged, left over, and written again after the machine stopped.

import { open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "@kubonsai/clock";
import { Level } from "level";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connectStore, startStore } from "../src/index.ts";
import { contents, put, write } from "./contract.ts";
import { scratchFolder, silent } from "./scratch-store.ts";

let directory: string;
beforeEach(async () => void (directory = await scratchFolder()));
afterEach(() => rm(directory, { recursive: true }));

const warnings: string[] = [];
const log = { ...silent, warn: (_: object, message: string) => void warnings.push(message) };

async function using<T>(work: (client: ReturnType<typeof connectStore>) => Promise<T>): Promise<T> {
  warnings.length = 0;
  const store = await startStore({ directory, clock: systemClock, log });
  const client = connectStore({ address: store.address, clock: systemClock });
  try {
    return await work(client);
  } finally {
    await client.close();
    await store.stop();
  }
}

const segment = async () => {
  const names = (await readdir(join(directory, "wal"))).sort();
  return join(directory, "wal", names.at(-1)!);
};

/** As after a power cut: the log has what was answered, LevelDB has lost the end of it. */
async function forget(...keys: string[]): Promise<void> {
  const database = new Level<Buffer, Buffer>(directory, {
    keyEncoding: "buffer",
    valueEncoding: "buffer",
  });
  for await (const [row] of database.iterator()) {
    const text = row.toString("latin1");
    const isOf = keys.some((key) => text === `c${key}` || text.startsWith(`k${key}\0`));
    if (isOf || text.startsWith("h")) await database.del(row);
  }
  await database.put(Buffer.from("mboot"), Buffer.from("another run of the machine"));
  await database.close();
}

/** The offset of the last record's end: zeros follow. */
async function endOfRecords(): Promise<number> {
  const bytes = await readFile(await segment());
  return bytes.findLastIndex((byte) => byte !== 0) + 1;
}

async function scribble(at: number): Promise<void> {
  const file = await open(await segment(), "r+");
  await file.write(Buffer.from([0xaa, 0x55, 0xaa]), 0, 3, at);
  await file.close();
}

it("gives LevelDB back what it lost with the machine", async () => {
  await using(async (client) => {
    await write(client, put("/a", "1"));
    await write(client, put("/b", "2"), put("/c", "3"));
  });
  await forget("/a", "/b", "/c");
  await using(async (client) => {
    expect(await contents(client)).toBe("/a=1 /b=2 /c=3");
    expect(await contents(client, 2)).toBe("/a=1");
    expect(await write(client, put("/d", "4"))).toBe(4);
  });
});

it("cuts a torn end off, says so, and goes on", async () => {
  await using(async (client) => {
    await write(client, put("/a", "1"));
    await write(client, put("/b", "x".repeat(5000)));
  });
  await scribble((await endOfRecords()) - 100);
  await forget("/b");
  await using(async (client) => {
    expect(warnings.join()).toMatch(/cut off .*wal at byte \d+/);
    expect(await contents(client)).toBe("/a=1");
    expect(await write(client, put("/c", "1"))).toBe(3);
  });
  await using(async (client) => {
    expect(warnings).toEqual([]);
    expect(await contents(client)).toBe("/a=1 /c=1");
  });
});

it("refuses a log that is damaged before its end, and names the file", async () => {
  await using(async (client) => {
    for (const key of ["/a", "/b", "/c"]) await write(client, put(key, "x".repeat(1000)));
  });
  await scribble(500);
  await expect(using(async () => {})).rejects.toThrow(/wal is damaged: .*restore a snapshot/);
});

it("takes nothing for a record that an earlier use of the file left", async () => {
  await using((client) => write(client, put("/a", "1")));
  const path = await segment();
  await writeFile(path.replace("000000000001", "000000000002"), await readFile(path));
  await rm(path);
  await using(async (client) => {
    expect(await write(client, put("/b", "2"))).toBe(3);
    expect(await contents(client)).toBe("/a=1 /b=2");
  });
});

it("goes over to other files, and comes back to the first ones", { timeout: 60_000 }, async () => {
  const value = "x".repeat(500_000);
  const files = await using(async (client) => {
    for (let n = 0; n < 160; n++) await write(client, put(`/k${n % 3}`, value));
    return readdir(join(directory, "wal"));
  });
  expect(files.length).toBeLessThan(8);
  expect(files).not.toContain("000000000001.wal");
  await using(async (client) => {
    const { kvs, revision } = await client.range({ key: "/", rangeEnd: "0" });
    expect([kvs.length, revision]).toEqual([3, 161]);
  });
});
