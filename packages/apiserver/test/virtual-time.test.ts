// What takes hours takes none with the virtual clock.

import { VirtualClock } from "@kubonsai/clock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type TestServer } from "./support/server.ts";

const clock = new VirtualClock();
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock });
});
afterAll(() => server.stop());

test("a watch ends after the seconds that it asked for", async () => {
  const watch = await server.open({ path: "/api/v1/pods?watch=1&timeoutSeconds=3600" });
  let isOver = false;
  watch.resume().on("end", () => (isOver = true));
  await clock.advance(3_599_000);
  expect(isOver).toBe(false);
  await clock.advance(2_000);
  expect(isOver).toBe(true);
});

test("a watch that asked for none ends within an hour, and not within half of it", async () => {
  const watch = await server.open({ path: "/api/v1/pods?watch=1" });
  let isOver = false;
  watch.resume().on("end", () => (isOver = true));
  await clock.advance(1_799_000);
  expect(isOver).toBe(false);
  await clock.advance(1_802_000);
  expect(isOver).toBe(true);
});

test("a token ends with its time", async () => {
  const accounts = "/api/v1/namespaces/default/serviceaccounts";
  const post = (path: string, body: unknown) => server.ask({ method: "POST", path, body });
  await post(accounts, { metadata: { name: "robot" } });
  const { json } = await post(`${accounts}/robot/token`, { spec: { expirationSeconds: 600 } });
  const ask = () =>
    server.ask({
      as: null,
      path: "/api",
      headers: { authorization: `Bearer ${json.status.token}` },
    });
  expect((await ask()).code).toBe(200);
  await clock.advance(601_000);
  expect((await ask()).code).toBe(401);
});

test("time stands still while a request is under way", async () => {
  const before = clock.now();
  const asked = server.ask({ path: "/api/v1/namespaces" });
  await clock.advance(120_000);
  expect([(await asked).code, clock.now() - before]).toEqual([200, 120_000]);
});
