// readlink, realpath, which: where paths and names lead.

import { ErrnoError } from "../file-system/errno.ts";
import { findExecutable } from "../process/executable.ts";
import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { parseOptions } from "./options.ts";

async function readlink(process: Process): Promise<number> {
  const options = await parseOptions(process, "fnemqsvz[canonicalize][no-newline]");
  if (typeof options === "number") return options;
  let code = 0;
  for (const path of options.operands) {
    const isFull = options.has("f", "e", "m", "canonicalize");
    const entry = process.files.find(path, { followLast: false });
    const target = isFull
      ? wholePath(process, path)
      : entry?.kind === "symlink"
        ? entry.target
        : undefined;
    if (target === undefined) code = 1;
    else await process.print(target + (options.has("n", "no-newline") ? "" : "\n"));
  }
  return code;
}

/** The last name may be missing. */
function wholePath(process: Process, path: string): string | undefined {
  try {
    return process.files.walk(path).path;
  } catch (error) {
    if (error instanceof ErrnoError) return undefined;
    throw error;
  }
}

async function realpath(process: Process): Promise<number> {
  let code = 0;
  for (const path of process.argv.slice(1).filter((arg) => !arg.startsWith("-"))) {
    const whole = wholePath(process, path);
    if (whole === undefined)
      code = await complaint(process, `${path}: ${new ErrnoError("ENOENT").message}`);
    else await process.print(`${whole}\n`);
  }
  return code;
}

async function which(process: Process): Promise<number> {
  let code = 0;
  for (const name of process.argv.slice(1).filter((arg) => arg !== "-a")) {
    try {
      const path = findExecutable(process, name);
      if (!process.files.allows(path, 1)) throw new ErrnoError("ENOENT");
      await process.print(`${path}\n`);
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      code = 1;
    }
  }
  return code;
}

export const links: Applets = { readlink, realpath, which };
