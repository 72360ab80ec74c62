// Carries out scripts: lists, pipelines, compound commands, functions. Simple commands are next door.

import { evaluateCondition } from "./conditions.ts";
import { Break, ShellExit } from "./control-flow.ts";
import { evaluateWord, expandPattern, expandText, expandWords } from "./expand.ts";
import { startBackground, startPipeline, waitForeground } from "./jobs.ts";
import { matchesPattern } from "./pattern.ts";
import { withRedirections } from "./redirect.ts";
import type { Position } from "./position.ts";
import type { Shell } from "./shell.ts";
import { runSimple } from "./simple-command.ts";
import { statusAfter } from "./status-after.ts";
import { runPendingTraps, runExitTrap } from "./traps.ts";
import type { AndOr, Case, Command, Compound, Pipeline, Script, Word } from "./syntax.ts";

const INSIDE: Position = { isLast: false };

/** A whole shell or subshell: its exit trap, its exit status. */
export async function runToEnd(shell: Shell, script: Script): Promise<number> {
  try {
    await runScript(shell, script, { isLast: true });
  } catch (error) {
    shell.status = await statusAfter(shell, error);
  }
  return runExitTrap(shell);
}

/** @returns the status of the last command */
export async function runScript(
  shell: Shell,
  script: Script,
  position: Position = INSIDE,
): Promise<number> {
  const { items } = script;
  if (items.length === 0) return shell.status;
  for (const [index, item] of items.entries()) {
    const isLast = position.isLast && index === items.length - 1;
    if (item.isBackground) shell.status = await startBackground(shell, item);
    else await runAndOr(shell, item.list, isLast ? position : INSIDE);
    if (shell.pending.length > 0) await runPendingTraps(shell);
  }
  return shell.status;
}

async function runAndOr(shell: Shell, { first, rest }: AndOr, position: Position): Promise<void> {
  if (rest.length === 0) return runPipeline(shell, first, position);
  await tested(shell, () => runPipeline(shell, first, INSIDE));
  for (const [index, { operator, pipeline }] of rest.entries()) {
    if ((shell.status === 0) !== (operator === "&&")) continue;
    const isFinal = index === rest.length - 1;
    if (isFinal) await runPipeline(shell, pipeline, position);
    else await tested(shell, () => runPipeline(shell, pipeline, INSIDE));
  }
}

/** A failure in here does not end the shell under -e. */
async function tested<T>(shell: Shell, run: () => Promise<T>): Promise<T> {
  shell.tested++;
  try {
    return await run();
  } finally {
    shell.tested--;
  }
}

async function runPipeline(shell: Shell, pipeline: Pipeline, position: Position): Promise<void> {
  const { commands, isNegated } = pipeline;
  if (isNegated) {
    await tested(shell, () => runCommands(shell, commands, INSIDE));
    shell.status = shell.status === 0 ? 1 : 0;
    return;
  }
  await runCommands(shell, commands, position);
  if (shell.status !== 0 && shell.options.errexit && shell.tested === 0) {
    throw new ShellExit(shell.status);
  }
}

async function runCommands(
  shell: Shell,
  commands: readonly Command[],
  position: Position,
): Promise<void> {
  if (commands.length === 1) {
    shell.status = await runCommand(shell, commands[0]!, position);
    return;
  }
  const children = startPipeline(shell, commands);
  const statuses = await waitForeground(shell, children);
  const failed = statuses.findLast((status) => status !== 0) ?? 0;
  shell.status = shell.options.pipefail ? failed : statuses[statuses.length - 1]!;
}

export async function runCommand(
  shell: Shell,
  command: Command,
  position: Position = INSIDE,
): Promise<number> {
  const pause = shell.process.step();
  if (pause) await pause;
  shell.line = command.line;
  if (command.kind === "simple") return runSimple(shell, command, position);
  if (command.kind === "function") {
    shell.functions.set(command.name, command.body);
    return 0;
  }
  if (command.redirections.length === 0) return runCompound(shell, command, position);
  return withRedirections(shell, command.redirections, () => runCompound(shell, command, INSIDE));
}

async function runCompound(shell: Shell, command: Compound, position: Position): Promise<number> {
  switch (command.kind) {
    case "group":
      return runScript(shell, command.body, position);
    case "subshell":
      return runChild(shell, command.body);
    case "if":
      return runIf(shell, command, position);
    case "loop":
      return runLoop(shell, command);
    case "for":
      return runFor(shell, command);
    case "count":
      return runCount(shell, command.parts, command.body);
    case "case":
      return runCase(shell, command.word, command.cases);
    case "arithmetic":
      return (await evaluateWord(shell, command.expression)) === 0 ? 1 : 0;
    case "condition":
      return (await evaluateCondition(shell, command.expression)) ? 0 : 1;
  }
}

async function runChild(shell: Shell, body: Script): Promise<number> {
  const child = shell.process.fork((process) => runToEnd(shell.inChild(process), body));
  const [status] = await waitForeground(shell, [child]);
  return status!;
}

async function runIf(
  shell: Shell,
  { branches, otherwise }: Extract<Compound, { kind: "if" }>,
  position: Position,
): Promise<number> {
  for (const { condition, body } of branches) {
    const status = await tested(shell, () => runScript(shell, condition));
    if (status === 0) return runScript(shell, body, position);
  }
  shell.status = 0;
  return otherwise ? runScript(shell, otherwise, position) : 0;
}

async function runLoop(
  shell: Shell,
  { condition, body, isUntil }: Extract<Compound, { kind: "loop" }>,
): Promise<number> {
  let status = 0;
  for (;;) {
    const left = await inLoop(shell, () => tested(shell, () => runScript(shell, condition)));
    if (left === "stop" || (left !== "next" && (left === 0) === isUntil)) return status;
    if (left === "next") continue;
    shell.status = 0;
    const done = await inLoop(shell, () => runScript(shell, body));
    if (done === "stop") return 0;
    status = done === "next" ? 0 : done;
  }
}

async function runFor(
  shell: Shell,
  { name, words, body }: Extract<Compound, { kind: "for" }>,
): Promise<number> {
  const values = words ? await expandWords(shell, words) : [...shell.parameters];
  let status = 0;
  for (const value of values) {
    shell.variables.set(name, value);
    shell.status = 0;
    const done = await inLoop(shell, () => runScript(shell, body));
    if (done === "stop") return 0;
    status = done === "next" ? 0 : done;
  }
  return status;
}

async function runCount(shell: Shell, parts: readonly Word[], body: Script): Promise<number> {
  const [first, condition, step] = parts;
  await evaluateWord(shell, first!);
  let status = 0;
  const isEndless = condition!.parts.length === 0;
  while (isEndless || (await evaluateWord(shell, condition!)) !== 0) {
    const done = await inLoop(shell, () => runScript(shell, body));
    if (done === "stop") return 0;
    status = done === "next" ? 0 : done;
    await evaluateWord(shell, step!);
    const pause = shell.process.step();
    if (pause) await pause;
  }
  return status;
}

/** Runs one round; `break` and `continue` end here or, with a number, further out. */
async function inLoop(shell: Shell, run: () => Promise<number>): Promise<number | "next" | "stop"> {
  shell.loops++;
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Break)) throw error;
    if (error.levels > 1 && shell.loops > 1) throw new Break(error.levels - 1, error.doesContinue);
    return error.doesContinue ? "next" : "stop";
  } finally {
    shell.loops--;
  }
}

async function runCase(shell: Shell, word: Word, cases: readonly Case[]): Promise<number> {
  const text = await expandText(shell, word);
  let isFalling = false;
  shell.status = 0;
  for (const { patterns, body, end } of cases) {
    if (!isFalling && !(await matchesAny(shell, text, patterns))) continue;
    await runScript(shell, body);
    if (end === ";;") return shell.status;
    isFalling = end === ";&";
  }
  return shell.status;
}

async function matchesAny(shell: Shell, text: string, patterns: readonly Word[]): Promise<boolean> {
  for (const pattern of patterns) {
    if (matchesPattern(text, await expandPattern(shell, pattern))) return true;
  }
  return false;
}
