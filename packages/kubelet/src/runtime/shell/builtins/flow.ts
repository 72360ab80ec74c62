// Builtins that steer: break, continue, return, exit, eval, `.`, trap, `:`.

import { ErrnoError } from "../../file-system/errno.ts";
import { parseSignal, signalNumber, type Signal } from "../../process/signals.ts";
import { Break, Return, ShellExit } from "../control-flow.ts";
import { parseScript } from "../parser.ts";
import { quoted } from "../quoting.ts";
import type { Shell } from "../shell.ts";
import { ShellSyntaxError } from "../syntax.ts";
import { setTrap } from "../traps.ts";
import { refuse, type Builtins } from "./builtin.ts";

export const flow: Builtins = {
  ":": () => 0,
  break: (shell, [levels]) => leave(shell, levels, false),
  continue: (shell, [levels]) => leave(shell, levels, true),
  return: (shell, [status]) => {
    if (shell.depth === 0 && !shell.isScript) throw new ShellExit(Number(status ?? shell.status));
    throw new Return(numberOr(shell.status, status));
  },
  exit: async (shell, [status]) => {
    if (status !== undefined && !/^-?\d+$/.test(status)) {
      await shell.complain(
        shell.isBash ? `exit: ${status}: numeric argument required` : `Illegal number: ${status}`,
      );
      throw new ShellExit(2);
    }
    throw new ShellExit(numberOr(shell.status, status) & 0xff);
  },
  eval: (shell, args) => runText(shell, args.join(" ")),
  ".": source,
  source: (shell, args) =>
    shell.dialect === "dash" ? refuse(shell, "source: not found", 127) : source(shell, args),
  trap,
};

function leave(shell: Shell, levels: string | undefined, doesContinue: boolean): number {
  if (shell.loops === 0) return 0;
  throw new Break(Math.max(1, numberOr(1, levels)), doesContinue);
}

function numberOr(otherwise: number, text: string | undefined): number {
  return text === undefined || !/^-?\d+$/.test(text) ? otherwise : Number(text);
}

/** Parses and runs text in this shell; a syntax error is told, status 2. */
export async function runText(shell: Shell, text: string): Promise<number> {
  try {
    return await shell.interpreter.runScript(shell, parseScript(text, shell.isBash));
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    shell.line = error.line;
    return refuse(shell, `syntax error: ${error.message}`, 2);
  }
}

async function source(shell: Shell, [path, ...args]: string[]): Promise<number> {
  if (path === undefined) return refuse(shell, ".: filename argument required", 2);
  let text: string;
  try {
    text = shell.process.files.readText(path);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const told = shell.isBash
      ? `${path}: ${error.message}`
      : `.: can't open '${path}': ${error.message}`;
    return refuse(shell, told, shell.isBash ? 1 : 2);
  }
  const before = shell.parameters;
  if (args.length > 0) shell.parameters = args;
  shell.depth++;
  try {
    return await runText(shell, text);
  } catch (error) {
    if (error instanceof Return) return error.status;
    throw error;
  } finally {
    shell.depth--;
    shell.parameters = before;
  }
}

async function trap(shell: Shell, args: string[]): Promise<number> {
  const [command, ...names] = args[0] === "--" ? args.slice(1) : args;
  if (command === undefined || command === "-p") return listTraps(shell);
  if (command === "-l") return 0;
  const isReset = command === "-" || (names.length === 0 && /^\d+$/.test(command));
  const signals = names.length === 0 && isReset ? [command] : names;
  for (const name of signals) {
    const signal = signalOf(name);
    if (!signal) return refuse(shell, `trap: ${name}: invalid signal specification`);
    setTrap(shell, signal, isReset ? undefined : command);
  }
  return 0;
}

function signalOf(name: string): Signal | "EXIT" | undefined {
  return name === "EXIT" || name === "0" ? "EXIT" : parseSignal(name);
}

async function listTraps({ traps, process }: Shell): Promise<number> {
  const sorted = [...traps].sort(([a], [b]) => order(a) - order(b));
  for (const [signal, command] of sorted) {
    await process.print(`trap -- ${quoted(command)} ${signal.replace(/^SIG/, "")}\n`);
  }
  return 0;
}

function order(signal: Signal | "EXIT"): number {
  return signal === "EXIT" ? 0 : signalNumber(signal);
}
