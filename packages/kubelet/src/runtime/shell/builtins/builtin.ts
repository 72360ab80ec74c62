// What a builtin is: a command that runs in the shell's own process.

import type { Shell } from "../shell.ts";

export type Builtin = (shell: Shell, args: string[]) => Promise<number> | number;
export type Builtins = { readonly [name: string]: Builtin };

/** Tells `text` under the shell's name. @returns the status */
export async function refuse(shell: Shell, text: string, status = 1): Promise<number> {
  await shell.complain(text);
  return status;
}
