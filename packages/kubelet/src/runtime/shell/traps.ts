// Traps: commands that run when a signal arrives, between two commands of the script, or at the end.

import type { Signal } from "../process/signals.ts";
import { parseScript } from "./parser.ts";
import type { Shell } from "./shell.ts";
import { statusAfter } from "./status-after.ts";

/** @param command undefined restores the default; an empty text ignores */
export function setTrap(shell: Shell, signal: Signal | "EXIT", command: string | undefined): void {
  if (command === undefined) shell.traps.delete(signal);
  else shell.traps.set(signal, command);
  if (signal === "EXIT") return;
  if (command === undefined) shell.process.handle(signal, undefined);
  else if (command === "") shell.process.handle(signal, "ignore");
  else shell.process.handle(signal, () => void shell.pending.push(signal));
}

export async function runPendingTraps(shell: Shell): Promise<void> {
  for (let signal = shell.pending.shift(); signal; signal = shell.pending.shift()) {
    const command = shell.traps.get(signal);
    if (!command) continue;
    const { status } = shell;
    await shell.interpreter.runScript(shell, parseScript(command, shell.isBash));
    shell.status = status;
  }
}

/** @returns the shell's exit status, which the trap may change with `exit` */
export async function runExitTrap(shell: Shell): Promise<number> {
  const command = shell.traps.get("EXIT");
  if (!command) return shell.status;
  shell.traps.delete("EXIT");
  const { status } = shell;
  try {
    await shell.interpreter.runScript(shell, parseScript(command, shell.isBash));
    return status;
  } catch (error) {
    return statusAfter(shell, error);
  }
}
