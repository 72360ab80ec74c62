// Starting programs from a shell: found on PATH, waited for, explained when they cannot start.

import { ErrnoError } from "../file-system/errno.ts";
import { findExecutable } from "../process/executable.ts";
import { jobGroup, waitForeground } from "./jobs.ts";
import type { Shell } from "./shell.ts";

/** `command name`: a program, whatever functions there are. */
export function runProgramNamed(shell: Shell, argv: string[]): Promise<number> {
  return startProgram(shell, argv, { env: shell.variables.environment(), doesReplace: false });
}

export async function startProgram(
  shell: Shell,
  argv: string[],
  { env, doesReplace }: { env: Map<string, string>; doesReplace: boolean },
): Promise<number> {
  const { process } = shell;
  const [name = ""] = argv;
  try {
    const path = findExecutable(process, name, env.get("PATH") ?? shell.variables.get("PATH"));
    try {
      if (doesReplace) process.exec(path, argv, env);
      const child = process.spawn(path, argv, { env, ...jobGroup(shell) });
      const [status] = await waitForeground(shell, [child]);
      return status!;
    } catch (error) {
      if (!(error instanceof ErrnoError) || error.code !== "ENOEXEC") throw error;
      const child = process.fork((self) => shell.interpreter.runFile(self, shell.dialect, path), {
        env,
        argv,
      });
      const [status] = await waitForeground(shell, [child]);
      return status!;
    }
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    return explain(shell, name, error);
  }
}

/** A program that cannot be started: 127 when it is not there, else 126. */
export async function explain(shell: Shell, name: string, error: ErrnoError): Promise<number> {
  const isMissing = error.code === "ENOENT" || error.code === "ENOTDIR";
  if (error.code === "EAGAIN") {
    await shell.complain(shell.isBash ? `fork: ${error.message}` : `can't fork: ${error.message}`);
    return shell.isBash ? 254 : 2;
  }
  const isSearched = shell.isBash && !name.includes("/");
  const missing = shell.isBash ? (isSearched ? "command not found" : error.message) : "not found";
  await shell.complain(`${name}: ${isMissing ? missing : error.message}`);
  return isMissing ? 127 : 126;
}
