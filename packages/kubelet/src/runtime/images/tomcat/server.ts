// Tomcat inside its Java machine: starts, serves its applications, stops.

import { ErrnoError } from "../../file-system/errno.ts";
import type { Connection } from "../../network/connection.ts";
import type { IncomingRequest } from "../../network/listener.ts";
import { bytesFrom } from "../../process/pipe.ts";
import type { Process } from "../../process/process.ts";
import { answerRequest } from "./answer.ts";
import {
  deployed,
  logEntry,
  startedEntries,
  startEntries,
  stopEntries,
  type Entry,
} from "./log-lines.ts";

const MEMORY_BYTES = 118 * 1024 * 1024;
const PORT = 8080;
export const SHUTDOWN_PORT = 8005;
/** From the start of the machine to the first line, and from there to the open port. */
const MACHINE_START_MS = 250;
const SERVER_START_MS = 520;
const TERMINATED = 143;
const INTERRUPTED = 130;

/** @returns 143 after SIGTERM, as Java machines do; 0 after a stop on its own port */
export async function runTomcat(process: Process, version: string): Promise<number> {
  const java = process.env.get("JAVA_VERSION") ?? "";
  const major = Number(version.split(".")[0]);
  const log = (entries: readonly Entry[]) =>
    process.complain(entries.map((entry) => logEntry(process, major, entry)).join(""));
  process.memoryBytes = MEMORY_BYTES;
  process.world.memoryGrew();
  process.demandAlive();
  const ending = new Promise<number>((resolve, reject) => {
    process.handle("SIGTERM", () => resolve(TERMINATED));
    process.handle("SIGINT", () => resolve(INTERRUPTED));
    const up = start().then((isUp) => {
      if (isUp) process.onEnd(listenForStop(process, () => resolve(0)));
      else resolve(1);
    });
    up.catch(reject);
  });
  const code = await process.until(ending);
  await log(stopEntries(major, PORT));
  return code;

  async function start(): Promise<boolean> {
    await process.sleep(MACHINE_START_MS);
    await log(startEntries({ version, major, java, port: PORT }));
    await process.sleep(SERVER_START_MS);
    const http = (request: IncomingRequest) =>
      answerRequest({ process, version: { name: version, major } }, request);
    try {
      process.onEnd(process.world.network.listen({ port: PORT, isLoopbackOnly: false, http }));
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      await log([bindFailure(error)]);
      return false;
    }
    const { files } = process;
    const folder = "/usr/local/tomcat/webapps";
    const names = files.find(folder)?.kind === "directory" ? files.list(folder) : [];
    await log(names.map((name) => deployed(major, name)));
    await log(startedEntries(major, PORT, SERVER_START_MS));
    return true;
  }
}

function bindFailure({ message }: ErrnoError): Entry {
  return {
    source: "org.apache.catalina.core.StandardService",
    method: "initInternal",
    level: "SEVERE",
    text: `Failed to initialize connector [Connector[HTTP/1.1-${PORT}]]: java.net.BindException: ${message}`,
  };
}

function listenForStop(process: Process, stop: () => void): () => void {
  const accept = (connection: Connection) => void hear(connection, stop);
  return process.world.network.listen({ port: SHUTDOWN_PORT, isLoopbackOnly: true, accept });
}

async function hear({ incoming, outgoing }: Connection, stop: () => void): Promise<void> {
  let heard = "";
  for await (const bytes of bytesFrom(incoming)) {
    heard += Buffer.from(bytes).toString("latin1");
    if (heard.length >= "SHUTDOWN".length) break;
  }
  outgoing.endWriting();
  if (heard.startsWith("SHUTDOWN")) stop();
}
