// A simple command: assignments, then a builtin, a function or a program.

import { Replace } from "../process/control.ts";
import { findExecutable } from "../process/executable.ts";
import { ErrnoError } from "../file-system/errno.ts";
import { findBuiltin, isDeclaration } from "./builtins/index.ts";
import { callFunction } from "./call-function.ts";
import { evaluateText } from "./evaluate.ts";
import { expandText, expandWords } from "./expand.ts";
import type { Position } from "./position.ts";
import { quoted } from "./quoting.ts";
import { keepRedirections, withRedirections } from "./redirect.ts";
import { explain, startProgram } from "./run-program.ts";
import type { Shell } from "./shell.ts";
import type { Assignment, SimpleCommand, Word } from "./syntax.ts";

export async function runSimple(
  shell: Shell,
  command: SimpleCommand,
  position: Position,
): Promise<number> {
  const { substitutions } = shell;
  const argv = await expandArguments(shell, command.words);
  if (argv.length === 0) return runNameless(shell, command, substitutions);
  const [name = ""] = argv;
  if (name === "exec") return runExec(shell, command, argv);
  const run = () => runNamed(shell, command, { argv, position });
  if (command.redirections.length === 0) return run();
  return withRedirections(shell, command.redirections, run);
}

async function runNameless(
  shell: Shell,
  { assignments, redirections }: SimpleCommand,
  substitutions: number,
): Promise<number> {
  for (const assignment of assignments) await assign(shell, assignment);
  const status = shell.substitutions > substitutions ? shell.status : 0;
  await traceAssignments(shell, assignments);
  return redirections.length > 0
    ? withRedirections(shell, redirections, () => Promise.resolve(status))
    : status;
}

async function runNamed(
  shell: Shell,
  { assignments }: SimpleCommand,
  { argv, position }: { argv: string[]; position: Position },
): Promise<number> {
  if (shell.options.xtrace) await trace(shell, argv);
  const [name = "", ...args] = argv;
  const body = shell.functions.get(name);
  const builtin = body ? undefined : findBuiltin(shell, name);
  if (!body && !builtin) return runProgram(shell, argv, { assignments, position });
  return withAssignments(shell, assignments, async () =>
    body ? callFunction(shell, body, args) : builtin!(shell, args),
  );
}

/** `export A=$b`: what looks like an assignment is not split. */
async function expandArguments(shell: Shell, words: readonly Word[]): Promise<string[]> {
  const [first] = words[0]?.parts ?? [];
  if (first?.kind !== "text" || !isDeclaration(first.text)) return expandWords(shell, words);
  const argv: string[] = [];
  for (const word of words) {
    const [part] = word.parts;
    const isAssignment = part?.kind === "text" && /^[A-Za-z_]\w*\+?=/.test(part.text);
    if (isAssignment) argv.push(await expandText(shell, word));
    else argv.push(...(await expandWords(shell, [word])));
  }
  return argv;
}

async function assign(shell: Shell, assignment: Assignment): Promise<void> {
  const { name, index, isAppend, value, elements } = assignment;
  const { variables } = shell;
  if (elements) {
    return variables.setElements(name, await expandWords(shell, elements), isAppend);
  }
  const text = await expandAssigned(shell, value);
  if (index) {
    const at = evaluateText(shell, await expandText(shell, index));
    const before = isAppend ? (variables.element(name, at) ?? "") : "";
    return variables.setElement(name, at, before + text);
  }
  variables.set(name, isAppend ? (variables.get(name) ?? "") + text : text);
  if (shell.options.allexport) variables.declare(name, { isExported: true });
}

/** A tilde also stands behind a colon: `PATH=~/bin:~/sbin`. */
async function expandAssigned(shell: Shell, value: Word): Promise<string> {
  return expandText(shell, value);
}

/** `A=1 command`: set while it runs. */
async function withAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  run: () => Promise<number>,
): Promise<number> {
  if (assignments.length === 0) return run();
  const { variables } = shell;
  const before = assignments.map(({ name }) => [name, variables.get(name)] as const);
  for (const assignment of assignments) await assign(shell, assignment);
  try {
    return await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) variables.unset(name);
      else variables.set(name, value);
    }
  }
}

async function runProgram(
  shell: Shell,
  argv: string[],
  { assignments, position }: { assignments: readonly Assignment[]; position: Position },
): Promise<number> {
  const env = shell.variables.environment();
  for (const { name, value, isAppend } of assignments) {
    const before = isAppend ? (shell.variables.get(name) ?? "") : "";
    env.set(name, before + (await expandAssigned(shell, value)));
  }
  const doesReplace = position.isLast && shell.traps.size === 0 && !shell.isInteractive;
  return startProgram(shell, argv, { env, doesReplace });
}

/** `exec`: the process becomes the program; without one, the redirections stay. */
async function runExec(shell: Shell, command: SimpleCommand, argv: string[]): Promise<number> {
  if (!(await keepRedirections(shell, command.redirections))) return 1;
  const rest = argv.slice(1).filter((arg, index) => !(index === 0 && arg === "--"));
  if (rest.length === 0) return 0;
  const env = shell.variables.environment();
  for (const { name, value } of command.assignments) env.set(name, await expandText(shell, value));
  const { process } = shell;
  try {
    const path = findExecutable(process, rest[0]!, shell.variables.get("PATH"));
    return process.exec(path, rest, env);
  } catch (error) {
    if (error instanceof Replace || !(error instanceof ErrnoError)) throw error;
    return process.exit(await explain(shell, rest[0]!, error));
  }
}

async function trace(shell: Shell, argv: readonly string[]): Promise<void> {
  const words = argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word)));
  await shell.process.complain(`${shell.variables.get("PS4") ?? "+ "}${words.join(" ")}\n`);
}

async function traceAssignments(shell: Shell, assignments: readonly Assignment[]): Promise<void> {
  if (!shell.options.xtrace) return;
  for (const { name } of assignments) {
    const value = shell.variables.get(name) ?? "";
    const shown = /^[\w@%+=:,./-]*$/.test(value) ? value : quoted(value);
    await shell.process.complain(`${shell.variables.get("PS4") ?? "+ "}${name}=${shown}\n`);
  }
}
