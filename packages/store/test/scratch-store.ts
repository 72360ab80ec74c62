// A store in a folder of its own, on a unix socket, gone after the test.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@kubonsai/clock";
import { connectStore, startStore, type RunningStore, type StoreClient } from "../src/index.ts";

export const silent = { info: () => {}, warn: () => {}, error: () => {} };

export interface ScratchStore {
  client: StoreClient;
  folder: string;
  running: RunningStore;
  stop(): Promise<void>;
}

export const scratchFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "kubonsai-store-"));

export function startIn(folder: string, directory = join(folder, "data")): Promise<RunningStore> {
  const socketPath = join(folder, "run", "store.sock");
  return startStore({ directory, socketPath, clock: systemClock, log: silent });
}

export async function startScratchStore(): Promise<ScratchStore> {
  const folder = await scratchFolder();
  const running = await startIn(folder);
  const client = connectStore({ address: running.address, clock: systemClock });
  return {
    client,
    folder,
    running,
    async stop() {
      await client.close();
      await running.stop();
      await rm(folder, { recursive: true });
    },
  };
}
