// How long a store with 500,000 revisions takes to open, and what memory it has then.

import { once } from "node:events";
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { startStore } from "./servers.mjs";

const REVISIONS = 500_000;
const KEYS = 5_000;

export async function measureOpening({ bundle, client }) {
  const server = await startStore({ bundle });
  const writer = fork(new URL("fill.mjs", import.meta.url).pathname);
  writer.send({ client, address: server.address, revisions: REVISIONS, keys: KEYS });
  await once(writer, "exit");
  const filledMb = residentMb(server.pid);
  await server.stop({ keepsFolder: true });
  const again = await startStore({ bundle, folder: server.folder });
  const openedMb = residentMb(again.pid);
  const openMs = Math.round(again.readyMs);
  await again.stop();
  return { revisions: REVISIONS, keys: KEYS, openMs, openedMb, filledMb };
}

function residentMb(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
