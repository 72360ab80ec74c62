// What the entrypoints of official images have in common: options alone go to the image's own
// program, anything else is run as it is.

import { ErrnoError } from "../file-system/errno.ts";
import { findExecutable } from "../process/executable.ts";
import type { Process } from "../process/process.ts";
import type { Program } from "../process/program.ts";

export interface EntrypointOptions {
  /** The image's own program: `redis-server`. */
  command: string;
  /** Whom it runs as when root started it. */
  user?: { uid: number; gid: number };
  /** What is done before the image's own program runs. @returns an exit code to end with instead */
  prepare?(process: Process): Promise<number | undefined>;
}

export function entrypoint({ command, user, prepare }: EntrypointOptions): Program {
  return async (process) => {
    const given = process.argv.slice(1);
    const argv = given.length === 0 || given[0]!.startsWith("-") ? [command, ...given] : given;
    if (argv[0] === command) {
      const failure = await prepare?.(process);
      if (failure !== undefined) return failure;
      if (user && process.uid === 0) Object.assign(process, user);
    }
    return become(process, argv);
  };
}

/** exec(2) with a search on PATH, and a shell's words where that fails. */
export async function become(process: Process, argv: string[]): Promise<number> {
  try {
    return process.exec(findExecutable(process, argv[0]!), argv);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const isMissing = error.code === "ENOENT";
    const why = isMissing ? "not found" : error.message;
    await process.complain(`${process.argv[0]}: exec: line 10: ${argv[0]}: ${why}\n`);
    return isMissing ? 127 : 126;
  }
}
