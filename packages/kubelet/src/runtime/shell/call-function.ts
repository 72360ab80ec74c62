// Shell functions.

import { Return } from "./control-flow.ts";
import type { Shell } from "./shell.ts";
import type { Command } from "./syntax.ts";

/** Calls a function with its own positional parameters and local variables. */
export async function callFunction(
  shell: Shell,
  body: Command,
  args: readonly string[],
): Promise<number> {
  const before = shell.parameters;
  const { loops } = shell;
  shell.parameters = [...args];
  shell.depth++;
  shell.loops = 0;
  shell.variables.enterScope();
  try {
    return await shell.interpreter.runCommand(shell, body);
  } catch (error) {
    if (error instanceof Return) return error.status;
    throw error;
  } finally {
    shell.variables.leaveScope();
    shell.depth--;
    shell.loops = loops;
    shell.parameters = before;
  }
}
