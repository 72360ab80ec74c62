// The store as a process of its own: options in by the environment, ready out over IPC, an orderly end.
// `store.js restore SNAPSHOT FOLDER` fills a new folder from a snapshot instead.

import { readFileSync } from "node:fs";
import { systemClock } from "@kubonsai/clock";
import { pino } from "pino";
import { restoreSnapshot } from "./database/snapshot.ts";
import { startStore } from "./start-store.ts";

/** The JSON in the environment variable KUBONSAI_OPTIONS. */
interface Settings {
  directory: string;
  socketPath?: string;
  /** Instead of a unix socket. */
  listen?: { host: string; port: number };
  /** With `listen`: PEM files; only clients with a certificate of `caFile` are let in. */
  tlsFiles?: { caFile: string; certFile: string; keyFile: string };
  /** A level of pino's; default `info`. */
  logLevel?: string;
}

/** Rows of a few KB are cut from slabs of this size: fewer things for the garbage collector. */
Buffer.poolSize = 64 * 1024;

/** After a stop that takes longer the process ends all the same: what was acknowledged is on disk. */
const LONGEST_STOP_MS = 5000;

const settings = JSON.parse(process.env["KUBONSAI_OPTIONS"] ?? "{}") as Settings;
const destination = pino.destination({ dest: 2, sync: true });
const log = pino({ name: "store", level: settings.logLevel ?? "info" }, destination);
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "uncaught exception");
  process.exit(1);
});
const [command, snapshot, folder] = process.argv.slice(2);
if (command === "restore" && snapshot && folder) await restore(snapshot, folder);

const stopRequested = new Promise<void>((resolve) => {
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.on(signal, () => resolve());
});
try {
  const { address, stop } = await startStore({
    ...settings,
    tls: settings.tlsFiles && readTls(settings.tlsFiles),
    clock: systemClock,
    log,
    onFailed: () => process.exit(1),
  });
  process.send?.({ type: "ready", address });
  await stopRequested;
  systemClock.after(LONGEST_STOP_MS, () => process.exit(1));
  await stop();
  process.exit(0);
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function restore(snapshot: string, folder: string): Promise<never> {
  try {
    await restoreSnapshot(snapshot, folder);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  console.log(`${folder} has what ${snapshot} had`);
  process.exit(0);
}

function readTls({ caFile, certFile, keyFile }: NonNullable<Settings["tlsFiles"]>) {
  const [ca, cert, key] = [caFile, certFile, keyFile].map((file) => readFileSync(file, "utf8"));
  return { ca: ca!, cert: cert!, key: key! };
}
