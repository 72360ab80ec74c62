// The two stores that are measured, each in a process and a folder of its own.

import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

export const root = new URL("../../", import.meta.url).pathname;
const bundles = join(root, ".cache", "bench");

const banner = {
  js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
};
const shared = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["classic-level"],
  banner,
};

/** @returns the path of the store's process */
export async function buildStore() {
  mkdirSync(bundles, { recursive: true });
  const outfile = join(bundles, "store.mjs");
  await build({ entryPoints: [join(root, "packages/store/src/main.ts")], outfile, ...shared });
  return outfile;
}

/** @returns the path of a module with `connectStore` and `systemClock` */
export async function buildClient() {
  mkdirSync(bundles, { recursive: true });
  const outfile = join(bundles, "client.mjs");
  const contents =
    'export { connectStore } from "@kubonsai/store"; export { systemClock } from "@kubonsai/clock";';
  await build({ stdin: { contents, resolveDir: root }, outfile, ...shared });
  return outfile;
}

export async function startStore({ bundle, folder = scratch() }) {
  const settings = {
    directory: join(folder, "data"),
    listen: { host: "127.0.0.1", port: 0 },
    logLevel: "error",
  };
  const env = { ...process.env, KUBONSAI_OPTIONS: JSON.stringify(settings) };
  const began = performance.now();
  const stdio = ["ignore", "inherit", "inherit", "ipc"];
  const child = fork(bundle, [], { env, execArgv: [], stdio });
  const [message] = await once(child, "message");
  const readyMs = performance.now() - began;
  return server({ child, folder, address: message.address, readyMs });
}

export async function startEtcd({ binary, folder = scratch() }) {
  const [clients, peers] = (await freePorts(2)).map((port) => `http://127.0.0.1:${port}`);
  const options = {
    "data-dir": join(folder, "data"),
    "listen-client-urls": clients,
    "advertise-client-urls": clients,
    "listen-peer-urls": peers,
    "initial-advertise-peer-urls": peers,
    "initial-cluster": `default=${peers}`,
    logger: "zap",
    "log-level": "error",
  };
  const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const began = performance.now();
  const child = spawn(binary, flags, { stdio: "ignore" });
  while (!(await isHealthy(clients))) await new Promise((resolve) => setTimeout(resolve, 5));
  return server({ child, folder, address: clients, readyMs: performance.now() - began });
}

function server({ child, folder, address, readyMs }) {
  return {
    address,
    port: Number(new URL(address).port),
    folder,
    readyMs,
    pid: child.pid,
    async stop({ keepsFolder = false } = {}) {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
      if (!keepsFolder) rmSync(folder, { recursive: true });
    },
  };
}

async function isHealthy(address) {
  try {
    return (await (await fetch(`${address}/health`)).json()).health === "true";
  } catch {
    return false;
  }
}

export const scratch = () => mkdtempSync(join(tmpdir(), "kubonsai-bench-"));

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((one) => once(one, "listening")));
  const ports = servers.map((one) => one.address().port);
  for (const one of servers) one.close();
  return ports;
}
