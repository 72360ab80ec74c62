// A real etcd in a folder of its own, on free ports, gone after the test.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { systemClock } from "@kubonsai/clock";
import { connectStore, type StoreClient } from "../src/index.ts";
import { scratchFolder } from "./scratch-store.ts";

export interface ScratchEtcd {
  /** `http://127.0.0.1:PORT` */
  address: string;
  client: StoreClient;
  stop(): Promise<void>;
}

const LONGEST_START_MS = 20_000;
const LOOK_AGAIN_MS = 20;

/** @param binary the path of etcd's program */
export async function startScratchEtcd(binary: string): Promise<ScratchEtcd> {
  const folder = await scratchFolder();
  const [address, peers] = (await freePorts(2)).map((port) => `http://127.0.0.1:${port}`);
  const options = {
    "data-dir": join(folder, "data"),
    "listen-client-urls": address!,
    "advertise-client-urls": address!,
    "listen-peer-urls": peers!,
    "initial-advertise-peer-urls": peers!,
    "initial-cluster": `default=${peers}`,
    "experimental-watch-progress-notify-interval": "1s",
    logger: "zap",
    "log-level": "error",
  };
  const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(binary, flags, { stdio: "ignore" });
  const exited = once(child, "exit");
  const client = connectStore({ address: address!, clock: systemClock });
  await answering(client);
  return {
    address: address!,
    client,
    async stop() {
      await client.close();
      child.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

async function answering(client: StoreClient): Promise<void> {
  const end = systemClock.now() + LONGEST_START_MS;
  for (;;) {
    try {
      return void (await client.range({ key: "/" }));
    } catch (error) {
      if (systemClock.now() > end) throw error;
      await systemClock.sleep(LOOK_AGAIN_MS);
    }
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}
