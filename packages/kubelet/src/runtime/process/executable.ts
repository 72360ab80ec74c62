// From an executable file to the program that it stands for: our own "binaries", scripts, PATH.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "./process.ts";
import type { Program } from "./program.ts";

const MAGIC = Buffer.from("\x7fELF\x02\x01\x01\0kubonsai\0", "latin1");
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The content of an executable file that runs the program `name`; a copy of it runs too. */
export function executable(name: string): Uint8Array {
  return Buffer.concat([MAGIC, Buffer.from(name), Buffer.from([0])]);
}

/** The program's name when `content` was made by `executable`. */
export function programIn(content: Uint8Array): string | undefined {
  const head = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, 128));
  if (!head.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  return head.toString("utf8", MAGIC.length, head.indexOf(0, MAGIC.length));
}

export interface LoadedProgram {
  program: Program;
  argv: string[];
}

/** @throws ErrnoError ENOENT, EACCES, ENOEXEC (neither binary nor `#!`), ELOOP */
export function loadProgram(
  process: Process,
  path: string,
  argv: string[],
  depth = 0,
): LoadedProgram {
  const content = readExecutable(process, path);
  const name = programIn(content);
  if (name !== undefined) {
    const program = process.world.findProgram(name);
    if (!program) throw new ErrnoError("ENOEXEC");
    const flavour = name === "busybox" ? "busybox" : "gnu";
    return { argv, program: (self) => ((self.flavour = flavour), program(self)) };
  }
  const interpreter = interpreterIn(content);
  if (!interpreter) throw new ErrnoError("ENOEXEC");
  if (depth > 4) throw new ErrnoError("ELOOP");
  const [file, ...option] = interpreter;
  return loadProgram(process, file!, [file!, ...option, path, ...argv.slice(1)], depth + 1);
}

function readExecutable(process: Process, path: string): Uint8Array {
  const entry = process.files.get(path);
  if (entry.kind !== "file" || !process.files.allows(path, 1)) throw new ErrnoError("EACCES");
  return entry.read();
}

function interpreterIn(content: Uint8Array): string[] | undefined {
  if (content[0] !== 0x23 || content[1] !== 0x21) return undefined;
  const line = Buffer.from(content.subarray(2, 256)).toString().split("\n")[0]!.trim();
  const space = line.search(/\s/);
  if (space < 0) return [line];
  return [line.slice(0, space), line.slice(space).trim()];
}

/**
 * Where a command lies: itself when it has a slash, else the first executable on PATH.
 * @throws ErrnoError ENOENT, or EACCES when something is there that may not be run
 */
export function findExecutable(process: Process, command: string, path?: string): string {
  if (command.includes("/")) return command;
  const folders = (path ?? process.env.get("PATH") ?? DEFAULT_PATH).split(":");
  let failure = new ErrnoError("ENOENT");
  for (const folder of folders) {
    const candidate = `${folder || "."}/${command}`;
    const entry = command === "" ? undefined : process.files.find(candidate);
    if (entry?.kind !== "file") continue;
    if (process.files.allows(candidate, 1)) return candidate;
    failure = new ErrnoError("EACCES");
  }
  throw failure;
}
