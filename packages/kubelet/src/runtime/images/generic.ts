// The program for images that nobody described: it opens the ports that the pod declares and answers
// every request, so that any real manifest comes up. A shell is there for exec probes and hooks.

import { ErrnoError } from "../file-system/errno.ts";
import type { Directory } from "../file-system/file-system.ts";
import { file, tree } from "../file-system/tree.ts";
import type { HttpAnswer } from "../network/listener.ts";
import { executable } from "../process/executable.ts";
import type { Process } from "../process/process.ts";
import type { Program } from "../process/program.ts";
import { defineImage, type CatalogueEntry, type Image } from "./image.ts";
import { busyboxTools } from "./roots/busybox-root.ts";
import { systemFiles } from "./roots/system-files.ts";

const MEMORY_BYTES = 12 * 1024 * 1024;

const program: Program = async (process) => {
  process.memoryBytes = MEMORY_BYTES;
  process.world.memoryGrew();
  const body = Buffer.from(`${process.world.hostname}\n`);
  for (const port of process.world.declaredPorts) listen(process, port, body);
  await process.nextSignal(["SIGINT", "SIGTERM"]);
  return 0;
};

function listen(process: Process, port: number, body: Uint8Array): void {
  const http = (): HttpAnswer => ({
    status: 200,
    headers: { "Content-Type": "text/plain", "Content-Length": String(body.length) },
    body,
  });
  try {
    const listener = { port, isLoopbackOnly: false, tls: "either" as const, http };
    process.onEnd(process.world.network.listen(listener));
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    throw new Error(`listen tcp 0.0.0.0:${port}: bind: ${error.message.toLowerCase()}`);
  }
}

export const generic: CatalogueEntry = {
  repositories: [],
  programs: { "generic-program": program },
  image: ({ name }) => genericImage(24_000_000 + (name.length % 16) * 1_500_000),
};

/** @param exposedPorts opened when the pod declares none */
export function genericImage(sizeBytes: number, exposedPorts: readonly number[] = []): Image {
  return defineImage({
    sizeBytes,
    entrypoint: ["/entrypoint"],
    exposedPorts,
    standIn: "generic-program",
    files: () => (root ??= makeRoot()),
  });
}

let root: Directory | undefined;

function makeRoot(): Directory {
  return tree(
    { ...busyboxTools(), "/entrypoint": file(executable("generic-program"), 0o755) },
    systemFiles({ id: "linux", name: "Linux", version: "1" }),
  );
}
