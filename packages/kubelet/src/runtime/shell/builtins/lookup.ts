// Builtins about commands: type, command, builtin, hash, alias, shopt, history, help.

import type { Shell } from "../shell.ts";
import { refuse, type Builtin, type Builtins } from "./builtin.ts";
import { programPath } from "./processes.ts";

const KEYWORDS = new Set([
  "if",
  "then",
  "else",
  "elif",
  "fi",
  "for",
  "while",
  "until",
  "do",
  "done",
  "case",
  "esac",
  "in",
  "{",
  "}",
  "!",
]);

/** @param find a builtin by name; @param run a command that is no function */
export function lookup(
  find: (shell: Shell, name: string) => Builtin | undefined,
  run: (shell: Shell, argv: string[]) => Promise<number>,
): Builtins {
  const describe = (shell: Shell, name: string): string | undefined => {
    if (KEYWORDS.has(name)) return `${name} is a shell keyword`;
    if (shell.functions.has(name)) return `${name} is a function`;
    if (find(shell, name)) return `${name} is a shell builtin`;
    const path = programPath(shell, name);
    return path && `${name} is ${path}`;
  };
  const short = (shell: Shell, name: string): string | undefined =>
    describe(shell, name)?.replace(/^.* is (?=\/)|(?<=^\S+) is .*$/, "");

  return {
    type: async (shell, names) => {
      let status = 0;
      for (const name of names.filter((each) => !each.startsWith("-"))) {
        const text = describe(shell, name);
        if (text) await shell.process.print(`${text}\n`);
        else
          status = await refuse(
            shell,
            shell.isBash ? `type: ${name}: not found` : `${name}: not found`,
            shell.isBash ? 1 : 127,
          );
      }
      return status;
    },
    command: async (shell, args) => {
      if (args[0] !== "-v" && args[0] !== "-V") {
        const rest = args[0] === "-p" || args[0] === "--" ? args.slice(1) : args;
        return rest.length === 0 ? 0 : run(shell, rest);
      }
      const name = args[1] ?? "";
      const text = args[0] === "-v" ? short(shell, name) : describe(shell, name);
      if (text) await shell.process.print(`${text}\n`);
      return text ? 0 : shell.isBash ? 1 : 127;
    },
    builtin: (shell, [name = "", ...args]) =>
      find(shell, name)?.(shell, args) ?? refuse(shell, `builtin: ${name}: not a shell builtin`),
    hash: () => 0,
    alias: () => 0,
    unalias: () => 0,
    shopt: () => 0,
  };
}
