// The store as a process of its own: options in by the environment, ready out over IPC, an orderly end.

import { systemClock } from "@kubonsai/clock";
import { pino } from "pino";
import { startStore } from "./start-store.ts";

/** The JSON in the environment variable KUBONSAI_OPTIONS. */
interface Settings {
  directory: string;
  socketPath: string;
  /** A level of pino's; default `info`. */
  logLevel?: string;
}

/** After a stop that takes longer the process ends all the same: what was acknowledged is on disk. */
const LONGEST_STOP_MS = 5000;

const settings = JSON.parse(process.env["KUBONSAI_OPTIONS"] ?? "{}") as Settings;
const destination = pino.destination({ dest: 2, sync: true });
const log = pino({ name: "store", level: settings.logLevel ?? "info" }, destination);
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "uncaught exception");
  process.exit(1);
});
const stopRequested = new Promise<void>((resolve) => {
  for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.on(signal, () => resolve());
});
try {
  const { address, stop } = await startStore({
    ...settings,
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
