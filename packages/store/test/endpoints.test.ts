// A client with several stores to turn to, over TLS, behind a prefix, and beside those who speak HTTP only.

import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { systemClock } from "@kubonsai/clock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connectStore, startStore, type StoreClientOptions } from "../src/index.ts";
import { contents, follow, put, write } from "./contract.ts";
import { scratchFolder, silent } from "./scratch-store.ts";
import { testCertificates } from "./test-certificates.ts";

let folder: string;
const ending: (() => Promise<unknown>)[] = [];
beforeEach(async () => void (folder = await scratchFolder()));
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  await rm(folder, { recursive: true });
});

async function start(more: object = {}) {
  const directory = join(folder, "data");
  const store = await startStore({ directory, clock: systemClock, log: silent, ...more });
  ending.push(store.stop);
  return store;
}

function connect(options: Omit<StoreClientOptions, "clock">) {
  const client = connectStore({ ...options, clock: systemClock });
  ending.push(() => client.close());
  return client;
}

it("goes to the next store when one cannot be reached, and stays there", async () => {
  const { address } = await start();
  const client = connect({ address: `http://127.0.0.1:1,${address}` });
  expect(await write(client, put("/a", "1"))).toBe(2);
  const watch = follow(client, { key: "/", rangeEnd: "0", startRevision: 2 });
  await write(client, put("/a", "2"));
  expect(await watch.told(2)).toBe("2:/a=1 3:/a=2");
  watch.stop();
});

it("says unavailable when none can be reached", async () => {
  const client = connect({ address: "http://127.0.0.1:1,http://127.0.0.1:2" });
  await expect(contents(client)).rejects.toMatchObject({ code: "unavailable" });
});

it("refuses addresses that are none", () => {
  for (const address of ["", "localhost:2379", "ftp://a", "http://a,b"]) {
    expect(() => connectStore({ address, clock: systemClock })).toThrow(/is no address of a store/);
  }
});

it("keeps to its prefix, and sees nothing else", async () => {
  const { address } = await start();
  const [a, b, all] = [
    connect({ address, prefix: "/team-a" }),
    connect({ address, prefix: "/team-ä" }),
    connect({ address }),
  ];
  const watch = follow(b, { key: "/", rangeEnd: "0", startRevision: 2 });
  await write(a, put("/x", "1"));
  await write(b, put("/x", "2"));
  expect([await contents(a), await contents(b)]).toEqual(["/x=1", "/x=2"]);
  expect(await contents(all)).toBe("/team-a/x=1 /team-ä/x=2");
  expect(await watch.told(1)).toBe("3:/x=2");
  watch.stop();
});

it("lets only those in who have a certificate", async () => {
  const { ca, server, client: own, stranger } = await testCertificates();
  const { address } = await start({ tls: { ca, ...server } });
  expect(address).toMatch(/^https:/);
  const client = connect({ address, tls: { ca, ...own } });
  const watch = follow(client, { key: "/", rangeEnd: "0" });
  await watch.created();
  await write(client, put("/a", "1"));
  expect(await watch.told(1)).toBe("2:/a=1");
  watch.stop();
  for (const tls of [{ ca }, { ca, ...stranger }, { ...own, ca: stranger.cert }]) {
    await expect(contents(connect({ address, tls }))).rejects.toMatchObject({
      code: "unavailable",
    });
  }
});

it("speaks HTTP to a store that offers nothing else", async () => {
  const { address } = await start();
  const paths: string[] = [];
  const proxy = await listening(
    createServer((request, response) => {
      if (request.headers.upgrade) return void response.writeHead(404).end();
      paths.push(request.url!);
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", async () => {
        const body = Buffer.concat(chunks);
        const answer = await fetch(address + request.url!, { method: "POST", body });
        response.writeHead(answer.status).end(await answer.text());
      });
    }),
  );
  const client = connect({ address: proxy });
  await write(client, put("/a", "1"));
  expect(await contents(client)).toBe("/a=1");
  expect(paths).toEqual(["/v3/kv/txn", "/v3/kv/range"]);
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ending.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
