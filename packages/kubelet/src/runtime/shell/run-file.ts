// Shells as programs: a script file, `-c`, standard input, or a person at a terminal.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";
import type { Program } from "../process/program.ts";
import { setLetters } from "./builtins/variables.ts";
import { addParts, expandPattern, expandText } from "./expand.ts";
import { runInteractive } from "./interactive.ts";
import { runCommand, runScript, runToEnd } from "./interpreter.ts";
import { parseScript } from "./parser.ts";
import { Shell, type Dialect, type Interpreter } from "./shell.ts";
import { ShellSyntaxError } from "./syntax.ts";

interface Invocation {
  command: string | undefined;
  file: string | undefined;
  isInteractive: boolean;
  name: string;
  args: string[];
}

const SHELL_MEMORY_BYTES = 1024 * 1024;

const interpreter: Interpreter = {
  runScript,
  runToEnd,
  runCommand,
  runFile: runShellFile,
  expandText,
  expandPattern,
  addParts,
};

/** `sh` in its dialect; busybox's own is ash, Debian's dash. */
export const sh: Program = (process) =>
  runShell(process, process.flavour === "busybox" ? "ash" : "dash");

export const bash: Program = (process) => runShell(process, "bash");

async function runShell(process: Process, dialect: Dialect): Promise<number> {
  process.memoryBytes = SHELL_MEMORY_BYTES;
  const shell = new Shell(process, { dialect, interpreter });
  prepare(shell);
  const invocation = readArguments(shell, process.argv);
  if (!invocation) {
    await shell.complain(`illegal option ${process.argv[1]}`);
    return 2;
  }
  shell.name = invocation.name;
  shell.parameters = invocation.args;
  if (invocation.command !== undefined) return runSource(shell, invocation.command);
  if (invocation.file !== undefined) return runFile(shell, invocation.file);
  const isTerminal = process.descriptors[0]?.isTerminal ?? false;
  if (isTerminal || invocation.isInteractive) return runInteractive(shell, isTerminal);
  return runSource(shell, await wholeInput(process));
}

/** A script without `#!` that a shell was asked to run. */
async function runShellFile(process: Process, dialect: Dialect, path: string): Promise<number> {
  const shell = new Shell(process, {
    dialect,
    interpreter,
    name: path,
    parameters: process.argv.slice(1),
  });
  prepare(shell);
  return runFile(shell, path);
}

function prepare({ variables, process }: Shell): void {
  variables.set("PWD", process.cwd);
  variables.declare("PWD", { isExported: true });
  if (variables.get("IFS") === undefined) variables.set("IFS", " \t\n");
  variables.set("OPTIND", "1");
  variables.set("PS4", "+ ");
}

function readArguments(shell: Shell, argv: readonly string[]): Invocation | undefined {
  const rest = argv.slice(1);
  let isCommand = false;
  let isInput = false;
  let isInteractive = false;
  while (/^[-+]./.test(rest[0] ?? "")) {
    const option = rest.shift()!;
    if (option === "--") break;
    if (/^--(?:login|norc|noprofile|posix|noediting)$/.test(option)) continue;
    if (option.startsWith("--")) return undefined;
    const letters = option.slice(1);
    if (letters.includes("c")) isCommand = true;
    if (letters.includes("s")) isInput = true;
    if (letters.includes("i")) isInteractive = true;
    const set = letters.replace(/[csli]/g, "");
    if (!setLetters(shell, set, option.startsWith("-"), () => rest.shift())) return undefined;
  }
  const name = argv[0] ?? "sh";
  if (isCommand) {
    const [command, given = name, ...args] = rest;
    return command === undefined
      ? undefined
      : { command, file: undefined, isInteractive, name: given, args };
  }
  const file = isInput ? undefined : rest.shift();
  return { command: undefined, file, isInteractive, name: file ?? name, args: rest };
}

async function runSource(shell: Shell, source: string): Promise<number> {
  try {
    return await runToEnd(shell, parseScript(source, shell.isBash));
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    shell.line = error.line;
    await shell.complain(`syntax error: ${error.message}`);
    return 2;
  }
}

async function runFile(shell: Shell, path: string): Promise<number> {
  shell.isScript = true;
  let source: string;
  try {
    source = shell.process.files.readText(path);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    shell.isScript = false;
    shell.name = shell.process.argv[0] ?? "sh";
    const told = {
      ash: `can't open '${path}': ${error.message}`,
      dash: `cannot open ${path}: No such file`,
      bash: `${path}: ${error.message}`,
    };
    await shell.complain(told[shell.dialect]);
    return error.code === "ENOENT" ? (shell.dialect === "dash" ? 2 : shell.isBash ? 127 : 2) : 126;
  }
  return runSource(shell, source);
}

async function wholeInput(process: Process): Promise<string> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await process.read(0); chunk; chunk = await process.read(0)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
