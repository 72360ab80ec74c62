// A database server as pods see it: it wants its settings, takes a moment to start, opens its port,
// tells its log, greets clients in its own protocol, and ends cleanly. It keeps no tables.

import { ErrnoError } from "../../file-system/errno.ts";
import type { Connection } from "../../network/connection.ts";
import { bytesFrom } from "../../process/pipe.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import type { Signal } from "../../process/signals.ts";
import { occupy } from "../http-service.ts";

export interface DatabaseServer {
  /** Asked for the version, prints this. */
  versionLine(version: string): string;
  versionVariable: string;
  port: number;
  /** The option that names another port: `--port`, `-p`. */
  portOptions: readonly string[];
  memoryMegabytes: number;
  startMs: number;
  startLines(process: Process, version: string, port: number): readonly string[];
  stopLines(process: Process): readonly string[];
  signals: readonly Signal[];
  /** What a client gets before it has said anything. */
  greeting?: Uint8Array;
  /** What a client gets for its first bytes; the connection closes then. */
  refusal: Uint8Array;
  /** Some answer a first question without hanging up: PostgreSQL's wish for TLS. */
  aside?(bytes: Uint8Array): Uint8Array | undefined;
}

export function databaseProgram(server: DatabaseServer): Program {
  return async (process) => {
    const version = process.env.get(server.versionVariable) ?? "";
    if (process.argv.includes("--version") || process.argv[1] === "-V") {
      await process.print(`${server.versionLine(version)}\n`);
      return 0;
    }
    occupy(process, server.memoryMegabytes);
    const ending = process.nextSignal(server.signals);
    const up = start(process, server, version);
    const signal = await Promise.race([ending, up.then(() => ending)]);
    if (signal)
      await process.complain(
        server
          .stopLines(process)
          .map((line) => `${line}\n`)
          .join(""),
      );
    return 0;
  };
}

async function start(process: Process, server: DatabaseServer, version: string): Promise<void> {
  await process.sleep(server.startMs);
  const at = process.argv.findIndex((arg) => server.portOptions.includes(arg.split("=")[0]!));
  const given = at < 0 ? undefined : (process.argv[at]!.split("=")[1] ?? process.argv[at + 1]);
  const port = Number(given ?? server.port);
  const accept = (connection: Connection) => void greet(server, connection);
  try {
    process.onEnd(process.world.network.listen({ port, isLoopbackOnly: false, accept }));
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    throw new Error(`could not bind port ${port}: ${error.message}`);
  }
  const lines = server.startLines(process, version, port);
  await process.complain(lines.map((line) => `${line}\n`).join(""));
}

async function greet(server: DatabaseServer, { incoming, outgoing }: Connection): Promise<void> {
  if (server.greeting) outgoing.put(server.greeting);
  for await (const bytes of bytesFrom(incoming)) {
    const aside = server.aside?.(bytes);
    outgoing.put(aside ?? server.refusal);
    if (!aside) break;
  }
  outgoing.endWriting();
}
