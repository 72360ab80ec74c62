// What a shell ends with when something ends it early.

import { ErrnoError } from "../file-system/errno.ts";
import { Break, ExpansionError, Return, ShellExit } from "./control-flow.ts";
import type { Shell } from "./shell.ts";
import { ReadonlyError } from "./variables.ts";

/** @throws what is no matter of the shell */
export async function statusAfter(shell: Shell, error: unknown): Promise<number> {
  if (error instanceof ShellExit || error instanceof Return) return error.status;
  if (error instanceof Break) return 0;
  if (error instanceof ExpansionError) {
    await shell.complain(error.message);
    return shell.isBash ? 1 : 2;
  }
  if (error instanceof ReadonlyError) {
    await shell.complain(
      `${error.message}: ${shell.isBash ? "readonly variable" : "is read only"}`,
    );
    return shell.isBash ? 1 : 2;
  }
  if (error instanceof ErrnoError && error.code === "EAGAIN") {
    await shell.complain(`${shell.isBash ? "fork" : "can't fork"}: ${error.message}`);
    return shell.isBash ? 254 : 2;
  }
  throw error;
}
