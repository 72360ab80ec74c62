// A copy of the shell in a child process.

import type { Process, ProcessOptions } from "../process/process.ts";
import type { Shell } from "./shell.ts";
import type { Script } from "./syntax.ts";

/** Runs `script` in a child; @returns the child, which runs already */
export function runSubshell(
  shell: Shell,
  script: Script,
  change: Partial<ProcessOptions> = {},
): Process {
  const program = (process: Process) => shell.interpreter.runToEnd(shell.inChild(process), script);
  return shell.process.fork(program, change);
}
