// Health commands: whether a server answers, told in each client's own words.

import { isIP } from "node:net";
import { resolveHost } from "../../applets/resolve-host.ts";
import { connect } from "../../network/dial.ts";
import { DialError } from "../../network/network.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";

export interface HealthCommand {
  port: number;
  hostOptions: readonly string[];
  portOptions: readonly string[];
  /** @returns the exit code */
  tell(process: Process, answer: Answer): number | Promise<number>;
}

export interface Answer {
  isAlive: boolean;
  /** As given; undefined: this machine. */
  host: string | undefined;
  port: number;
}

export function healthProgram(command: HealthCommand): Program {
  return async (process) => {
    const host = optionOf(process.argv, command.hostOptions);
    const port = Number(optionOf(process.argv, command.portOptions) ?? command.port);
    const isAlive = await answers(process, host ?? "127.0.0.1", port);
    return command.tell(process, { isAlive, host, port });
  };
}

/** `-h HOST`, `-hHOST`, `--host HOST`, `--host=HOST`. */
export function optionOf(argv: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, arg] of argv.entries()) {
    for (const name of names) {
      if (arg === name) return argv[index + 1];
      if (name.startsWith("--") && arg.startsWith(`${name}=`)) return arg.slice(name.length + 1);
      const isShort = !name.startsWith("--") && !arg.startsWith("--");
      if (isShort && arg.startsWith(name)) return arg.slice(name.length);
    }
  }
  return undefined;
}

async function answers(process: Process, host: string, port: number): Promise<boolean> {
  const { network } = process.world;
  const ip = isIP(host) ? host : resolveHost(process, host)?.[0];
  if (ip === undefined) return false;
  const dialer = { fabric: network.fabric, from: network };
  try {
    const { incoming, outgoing } = await process.until(connect(dialer, { ip, port }, 3_000));
    outgoing.endWriting();
    incoming.endReading();
    return true;
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    return false;
  }
}
