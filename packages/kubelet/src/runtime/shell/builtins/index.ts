// The list of builtins: those of the shell itself, and applets that run without a process.

import { appletsInShell } from "../../applets/in-shell.ts";
import { runProgramNamed } from "../run-program.ts";
import type { Shell } from "../shell.ts";
import type { Builtin, Builtins } from "./builtin.ts";
import { flow } from "./flow.ts";
import { lookup } from "./lookup.ts";
import { processes } from "./processes.ts";
import { variables } from "./variables.ts";

/** An applet as a builtin: it runs in the shell's process under its own name. */
const fromApplets: Builtins = Object.fromEntries(
  Object.entries(appletsInShell).map(([name, program]): [string, Builtin] => [
    name,
    async (shell, args) => {
      const { process } = shell;
      const { argv } = process;
      process.argv = [name, ...args];
      try {
        return await program(process);
      } finally {
        process.argv = argv;
      }
    },
  ]),
);

const builtins: Builtins = {
  ...fromApplets,
  ...flow,
  ...lookup(findBuiltin, runCommand),
  ...processes,
  ...variables,
};

const BASH_ONLY = new Set(["declare", "typeset", "builtin", "shopt", "disown"]);

export function findBuiltin(shell: Shell, name: string): Builtin | undefined {
  if (!Object.hasOwn(builtins, name)) return undefined;
  return BASH_ONLY.has(name) && !shell.isBash ? undefined : builtins[name];
}

async function runCommand(shell: Shell, argv: string[]): Promise<number> {
  const builtin = findBuiltin(shell, argv[0] ?? "");
  return builtin ? builtin(shell, argv.slice(1)) : runProgramNamed(shell, argv);
}

const DECLARATIONS = new Set(["export", "readonly", "local", "declare", "typeset"]);

/** Whether the arguments of `name` that look like assignments are not split. */
export function isDeclaration(name: string): boolean {
  return DECLARATIONS.has(name);
}
