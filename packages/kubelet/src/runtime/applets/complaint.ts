// Error texts: `name: text` with the exit code that follows.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";

/** Writes `name: text` to standard error. @returns the exit code */
export async function complaint(process: Process, text: string, code = 1): Promise<number> {
  await process.complain(`${process.name}: ${text}\n`);
  return code;
}

/**
 * Carries out `action`; a failed system call is told instead, in busybox's or GNU's words.
 * @returns 0, or 1 when it failed
 */
export async function attempt(
  process: Process,
  words: { busybox: string; gnu: string },
  action: () => unknown,
): Promise<number> {
  try {
    await action();
    return 0;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    return complaint(process, `${words[process.flavour]}: ${error.message}`);
  }
}

/** An unknown option, in the flavour's words. */
export function unknownOption(process: Process, option: string): Promise<number> {
  const name = option.startsWith("--")
    ? `unrecognized option '${option}'`
    : process.flavour === "busybox"
      ? `unrecognized option: ${option.slice(1)}`
      : `invalid option -- '${option.slice(1)}'`;
  const hint = `\nTry '${process.name} --help' for more information.`;
  return complaint(process, process.flavour === "gnu" ? name + hint : name);
}
