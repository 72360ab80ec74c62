// The shared part of every component's main.ts: settings in, ready out, an orderly end.

import { readFileSync } from "node:fs";
import { pino } from "pino";
import { systemClock, systemRandom } from "@kubonsai/clock";
import type { ComponentOptions, Running } from "./component.ts";
import { aborted } from "./control-loop.ts";
import type { Connection } from "./connection.ts";
import { serverAnswers } from "./server-answers.ts";

/** The JSON in the environment variable KUBONSAI_OPTIONS; components may have further members. */
export interface ProcessSettings {
  server: string;
  /** PEM files */
  caFile: string;
  certificateFile?: string;
  keyFile?: string;
  token?: string;
  userAgent: string;
  /** A level of pino's; default `info`. */
  logLevel?: string;
}

/** After a stop that takes longer the process ends all the same. */
const LONGEST_STOP_MS = 5000;

/**
 * Runs a component as a process of its own:
 *
 *     await runComponent("kube-scheduler", (options) => startScheduler(options));
 *
 * `start` is called when the API server answers, so that all processes can be launched at once. It
 * gets what the settings say and resolves once the component does its work; the parent is then told
 * `{ type: "ready" }` over IPC. SIGTERM, SIGINT and a parent that is gone stop it. Log lines go to
 * stderr as JSON. What a component needs beyond ComponentOptions it reads from `settings`:
 * `runComponent<ProcessSettings & { nodes: number }>(…)`.
 */
export async function runComponent<S extends ProcessSettings = ProcessSettings>(
  name: string,
  start: (options: ComponentOptions, settings: S) => Promise<Running>,
): Promise<void> {
  const settings = JSON.parse(process.env["KUBONSAI_OPTIONS"] ?? "{}") as S;
  const destination = pino.destination({ dest: 2, sync: true });
  const log = pino({ name, level: settings.logLevel ?? "info" }, destination);
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "uncaught exception");
    process.exit(1);
  });
  const stopping = stopRequest();
  const connection = connectionFrom(settings);
  const options = { connection, clock: systemClock, random: systemRandom, log };
  await serverAnswers(connection, { clock: systemClock, signal: stopping });
  const running = await Promise.race([start(options, settings), aborted(stopping)]);
  if (!running) process.exit(0);
  process.send?.({ type: "ready" });
  await aborted(stopping);
  systemClock.after(LONGEST_STOP_MS, () => process.exit(1));
  await running.stop();
  process.exit(0);
}

function stopRequest(): AbortSignal {
  const stopping = new AbortController();
  for (const event of ["SIGTERM", "SIGINT", "disconnect"]) {
    process.on(event, () => stopping.abort());
  }
  return stopping.signal;
}

function connectionFrom(settings: ProcessSettings): Connection {
  const { server, caFile, certificateFile, keyFile, token, userAgent } = settings;
  const read = (file: string) => readFileSync(file, "utf8");
  return {
    server,
    ca: read(caFile),
    ...(certificateFile && keyFile
      ? { certificate: read(certificateFile), key: read(keyFile) }
      : {}),
    ...(token ? { token } : {}),
    userAgent,
  };
}
