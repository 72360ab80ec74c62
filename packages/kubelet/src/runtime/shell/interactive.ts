// The shell with a person: prompt, line editing, history, jobs; errors end the line, not the shell.

import { Interrupted } from "../process/control.ts";
import { LineReader } from "../tty/line-reader.ts";
import { terminalOf } from "../tty/terminal.ts";
import { Break, Return, ShellExit } from "./control-flow.ts";
import { runScript } from "./interpreter.ts";
import { tellEndedJobs } from "./jobs.ts";
import { parseScript } from "./parser.ts";
import { glob } from "./glob.ts";
import { escapePattern } from "./pattern.ts";
import { parameterValue } from "./parameters.ts";
import type { Shell } from "./shell.ts";
import { statusAfter } from "./status-after.ts";
import { ShellSyntaxError, type Script } from "./syntax.ts";
import { runExitTrap, runPendingTraps } from "./traps.ts";

/** @param hasTerminal false for `sh -i` on a pipe: lines as they come, prompts all the same */
export async function runInteractive(shell: Shell, hasTerminal: boolean): Promise<number> {
  const { process } = shell;
  shell.isInteractive = hasTerminal;
  for (const signal of ["SIGTERM", "SIGQUIT"] as const) process.handle(signal, "ignore");
  process.handle("SIGINT", () => {});
  const terminal = hasTerminal ? terminalOf(process.descriptors[0]) : undefined;
  if (terminal) terminal.foreground = () => [process];
  const reader = new LineReader(process, terminal, (text) => complete(shell, text));
  for (;;) {
    await tellEndedJobs(shell);
    await runPendingTraps(shell);
    const script = await readScript(shell, reader);
    if (script === "end") break;
    if (script && (await runLine(shell, script)) === "exit") break;
  }
  return runExitTrap(shell);
}

/** One whole command, over several lines where it needs them. */
async function readScript(shell: Shell, reader: LineReader): Promise<Script | "end" | undefined> {
  let source = "";
  for (let prompt = promptOf(shell); ; prompt = shell.variables.get("PS2") ?? "> ") {
    const line = await reader.read(prompt);
    if (line === "interrupted") {
      shell.status = 130;
      return undefined;
    }
    if (line === undefined) {
      if (source === "") await shell.process.complain(shell.isBash ? "exit\n" : "");
      return "end";
    }
    source += `${line}\n`;
    try {
      return parseScript(source, shell.isBash);
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      if (error.isUnfinished) continue;
      await shell.complain(`syntax error: ${error.message}`);
      shell.status = 2;
      return undefined;
    }
  }
}

async function runLine(shell: Shell, script: Script): Promise<"exit" | undefined> {
  try {
    await runScript(shell, script);
    return undefined;
  } catch (error) {
    if (error instanceof ShellExit || error instanceof Return) {
      shell.status = error.status;
      return "exit";
    }
    if (error instanceof Interrupted) shell.status = 130;
    else if (!(error instanceof Break)) shell.status = await statusAfter(shell, error);
    return undefined;
  }
}

/** `PS1` with bash's everyday escapes; else each shell's own form. */
function promptOf(shell: Shell): string {
  const { process, variables } = shell;
  const mark = process.uid === 0 ? "#" : "$";
  const home = variables.get("HOME") ?? "";
  const pwd = variables.get("PWD") ?? process.cwd;
  const where =
    home !== "/" && home && (pwd === home || pwd.startsWith(`${home}/`))
      ? `~${pwd.slice(home.length)}`
      : pwd;
  const { hostname } = process.world;
  const user = variables.get("USER") ?? (process.uid === 0 ? "root" : "I have no name!");
  const given = variables.get("PS1");
  if (given === undefined) {
    if (shell.isBash) return `${user}@${hostname}:${where}${mark} `;
    return shell.dialect === "ash" ? `${where} ${mark} ` : `${mark} `;
  }
  const values: { readonly [letter: string]: string } = {
    u: user,
    h: hostname.split(".")[0]!,
    H: hostname,
    w: where,
    W: where.slice(where.lastIndexOf("/") + 1) || "/",
    $: mark,
    s: shell.name,
    n: "\n",
    e: "\x1b",
    "[": "",
    "]": "",
    "\\": "\\",
  };
  return given
    .replace(/\\([uhHwWsne$[\]\\])/g, (_whole, letter: string) => values[letter] ?? "")
    .replace(/\$(\w+)/g, (_whole, name: string) => parameterValue(shell, name) ?? "");
}

/** Path names for the word before the cursor. */
function complete(shell: Shell, text: string): string[] {
  const word = text.slice(text.search(/\S*$/));
  return glob(shell.process, `${escapePattern(word)}*`).map((path) =>
    shell.process.files.find(path)?.kind === "directory" ? `${path}/` : path,
  );
}
