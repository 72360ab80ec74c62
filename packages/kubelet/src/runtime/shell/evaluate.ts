// Arithmetic on a shell's variables.

import { ArithmeticError, evaluate } from "./arithmetic.ts";
import { ExpansionError } from "./control-flow.ts";
import type { Shell } from "./shell.ts";

/** @throws ExpansionError */
export function evaluateText(shell: Shell, text: string): number {
  const { variables } = shell;
  try {
    return evaluate(text, {
      get: (name) => variables.get(name) ?? "",
      set: (name, value) => variables.set(name, value),
    });
  } catch (error) {
    if (!(error instanceof ArithmeticError)) throw error;
    const shown = shell.isBash ? `${text.trim()}: ` : "";
    throw new ExpansionError(`${shown}${shell.isBash ? "" : "arithmetic "}${error.message}`);
  }
}
