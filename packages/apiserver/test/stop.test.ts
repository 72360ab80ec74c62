// Stopping frees the port at once, whoever is still listening.

import { expect, test } from "vitest";
import { startServer } from "./support/server.ts";

test("watches end in order when the server stops", async () => {
  const server = await startServer();
  const watch = await server.open({ path: "/api/v1/pods?watch=1" });
  let text = "";
  const ended = new Promise<void>((resolve, reject) => {
    watch.on("data", (chunk: Buffer) => (text += chunk.toString()));
    watch.on("end", resolve);
    watch.on("error", reject);
  });
  await server.stop();
  await ended;
  expect(text).toBe("");
  await expect(server.ask({ path: "/healthz" })).rejects.toMatchObject({ code: "ECONNREFUSED" });
});
