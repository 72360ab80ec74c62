// The API server's process: options from the environment, ready by message, an end by signal.

import { readFileSync } from "node:fs";
import { systemClock, systemRandom } from "@kubonsai/clock";
import { pino } from "pino";
import { startApiserver, type ApiserverOptions } from "./index.ts";

/** KUBONSAI_OPTIONS: as the function's options, with paths of PEM files so that no key is in it. */
interface ProcessOptions extends Omit<
  ApiserverOptions,
  "tls" | "kubeletClient" | "serviceAccountKey" | "store" | "storeTls" | "clock" | "random" | "log"
> {
  store: string;
  storeTls?: { caFile: string; certFile?: string; keyFile?: string };
  tls: PemFiles;
  kubeletClient: PemFiles;
  serviceAccountKeyFile: string;
  logLevel?: string;
}

interface PemFiles {
  caFile: string;
  certFile: string;
  keyFile: string;
}

const options = JSON.parse(process.env["KUBONSAI_OPTIONS"] ?? "{}") as ProcessOptions;
const log = pino({ level: options.logLevel ?? "info" }, pino.destination(2));

const running = await startApiserver({
  ...options,
  storeTls: options.storeTls && readStoreTls(options.storeTls),
  tls: read(options.tls),
  kubeletClient: read(options.kubeletClient),
  serviceAccountKey: readFileSync(options.serviceAccountKeyFile, "utf8"),
  clock: systemClock,
  random: systemRandom,
  log,
}).catch((error: NodeJS.ErrnoException) => {
  log.fatal({ err: error }, "the API server could not start");
  process.send?.({ type: "failed", code: error.code, message: error.message });
  process.exit(1);
});

// one request's mistake must not end everybody else's
process.on("unhandledRejection", (err) => log.error({ err }, "a rejection was not handled"));

let isStopping = false;
const stop = () => {
  if (isStopping) return;
  isStopping = true;
  void running.stop().finally(() => process.exit(0));
};
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
process.on("disconnect", stop);
process.send?.({ type: "ready", url: running.url });

function read({ caFile, certFile, keyFile }: PemFiles) {
  const [ca, cert, key] = [caFile, certFile, keyFile].map((file) => readFileSync(file, "utf8"));
  return { ca: ca!, cert: cert!, key: key! };
}

function readStoreTls({ caFile, certFile, keyFile }: NonNullable<ProcessOptions["storeTls"]>) {
  const text = (file: string | undefined) => (file ? readFileSync(file, "utf8") : undefined);
  return { ca: readFileSync(caFile, "utf8"), cert: text(certFile), key: text(keyFile) };
}
