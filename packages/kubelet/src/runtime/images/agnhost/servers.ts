// agnhost's small servers: serve-hostname, liveness, test-webserver.

import { errnoOf } from "../../file-system/files.ts";
import type { Process } from "../../process/process.ts";
import { goLogLine, openPort, partsOf, textAnswer, untilSignalled } from "../http-service.ts";
import { flag } from "./flags.ts";

/** The pod's name for every request. */
export async function serveHostname(process: Process): Promise<number> {
  const port = Number(flag(process.argv, "port") ?? 9376);
  const { hostname } = process.world;
  openPort(process, port, () => textAnswer(process, hostname));
  await process.complain(goLogLine(process, `Serving on port ${port}.`));
  await process.nextSignal(["SIGTERM", "SIGINT"]);
  return 0;
}

const HEALTHY_MS = 10_000;

/** Healthy for ten seconds, ill ever after. */
export async function liveness(process: Process): Promise<number> {
  const age = () => process.now() - process.startedMs;
  openPort(process, 8080, ({ target }) => {
    const { path } = partsOf(target);
    const seconds = `${age() / 1000}s`;
    if (path === "/started") return textAnswer(process, seconds);
    if (path !== "/healthz") return textAnswer(process, "404 page not found\n", { status: 404 });
    if (age() > HEALTHY_MS) return textAnswer(process, `error: ${age() / 1000}`, { status: 500 });
    return textAnswer(process, "ok");
  });
  return untilSignalled(process);
}

/** The container's files. */
export async function testWebserver(process: Process): Promise<number> {
  const port = Number(flag(process.argv, "port") ?? 80);
  openPort(process, port, ({ target }) => {
    const path = decodeURI(partsOf(target).path);
    try {
      const entry = process.files.get(path);
      if (entry.kind !== "directory") {
        return textAnswer(process, process.files.readText(path));
      }
      const names = process.files.list(path).map((name) => `<a href="${name}">${name}</a>\n`);
      return textAnswer(process, `<pre>\n${names.join("")}</pre>\n`, { type: "text/html" });
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return textAnswer(process, "404 page not found\n", { status: 404 });
    }
  });
  return untilSignalled(process);
}
