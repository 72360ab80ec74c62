// A component as a process: waits for the server, tells its parent, stops when asked.

import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startHttps } from "./https-server.ts";

const folder = mkdtempSync(join(tmpdir(), "process-entry-"));
const bundle = join(folder, "component.mjs");

beforeAll(() =>
  build({
    entryPoints: [join(import.meta.dirname, "process-entry-component.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function launch() {
  let asked = 0;
  const server = await startHttps((_request, response) => {
    // a server that is not yet there at first
    if (++asked <= 2) return void response.destroy();
    answer(response, 200, { gitVersion: "v1.36.0" });
  });
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, server.connection.ca);
  const { server: url, token, userAgent } = server.connection;
  const settings = { server: url, token, userAgent, caFile, colour: "green" };
  const child = fork(bundle, {
    env: { ...process.env, KUBONSAI_OPTIONS: JSON.stringify(settings) },
    stdio: "pipe",
  });
  const output = { out: "", err: "" };
  child.stdout!.on("data", (text) => (output.out += text));
  child.stderr!.on("data", (text) => (output.err += text));
  const message = await new Promise((resolve) => child.once("message", resolve));
  return { server, child, output, message, asked: () => asked };
}

const exited = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once("exit", resolve));

test.each([
  ["SIGTERM", (child: ChildProcess) => child.kill("SIGTERM")],
  ["a parent that is gone", (child: ChildProcess) => child.disconnect()],
])("is ready when the server answers, and %s stops it", async (_what, stop) => {
  const { server, child, output, message, asked } = await launch();
  expect(message).toEqual({ type: "ready" });
  expect(asked()).toBe(3);
  const gone = exited(child);
  stop(child);
  expect(await gone).toBe(0);
  const { server: url } = server.connection;
  expect(output.out).toBe(`started ${url} secret test/v1 green\nstopped\n`);
  expect(JSON.parse(output.err)).toMatchObject({ name: "test", msg: "working" });
  await server.close();
});
