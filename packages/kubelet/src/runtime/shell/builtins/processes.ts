// Builtins for processes: wait, jobs, fg, bg, kill, umask, ulimit, times, cd, pwd, type, command.

import { ErrnoError } from "../../file-system/errno.ts";
import { Interrupted } from "../../process/control.ts";
import { findExecutable } from "../../process/executable.ts";
import type { Process } from "../../process/process.ts";
import { signalNumber } from "../../process/signals.ts";
import { waitForeground } from "../jobs.ts";
import { runPendingTraps } from "../traps.ts";
import type { Shell } from "../shell.ts";
import { refuse, type Builtins } from "./builtin.ts";

export const processes: Builtins = {
  wait,
  jobs: async (shell) => {
    for (const job of shell.jobs) {
      const isDone = job.processes.every(({ status }) => status);
      const state = isDone ? "Done" : "Running";
      await shell.process.print(
        `[${job.number}]+  ${state.padEnd(24)}${job.source}${isDone ? "" : " &"}\n`,
      );
    }
    return 0;
  },
  fg: async (shell, [name]) => {
    const job = findJob(shell, name ?? "%%");
    if (!job) return refuse(shell, "fg: no current job");
    await shell.process.print(`${job.source}\n`);
    shell.jobs = shell.jobs.filter((other) => other !== job);
    const statuses = await waitForeground(shell, job.processes);
    return statuses[statuses.length - 1]!;
  },
  bg: (shell, [name]) => (findJob(shell, name ?? "%%") ? 0 : refuse(shell, "bg: no current job")),
  disown: (shell) => {
    shell.jobs = [];
    return 0;
  },
  umask: async (shell, [mask]) => {
    const { process } = shell;
    if (mask === undefined) await process.print(`${process.umask.toString(8).padStart(4, "0")}\n`);
    else if (!/^[0-7]+$/.test(mask)) return refuse(shell, `umask: illegal mode: ${mask}`);
    else process.umask = parseInt(mask, 8);
    return 0;
  },
  ulimit: async (shell, args) => {
    if (args.every((arg) => arg.startsWith("-")))
      await shell.process.print(args.includes("-n") ? "1048576\n" : "unlimited\n");
    return 0;
  },
  times: async ({ process }) => {
    await process.print("0m0.00s 0m0.00s\n0m0.00s 0m0.00s\n");
    return 0;
  },
  cd,
};

export function findJob(shell: Shell, name: string) {
  if (/^%\d+$/.test(name)) return shell.jobs.find((job) => job.number === Number(name.slice(1)));
  if (name === "%%" || name === "%+" || name === "%") return shell.jobs[shell.jobs.length - 1];
  if (name.startsWith("%")) return shell.jobs.find((job) => job.source.startsWith(name.slice(1)));
  return shell.jobs.find((job) => job.processes.some(({ pid }) => pid === Number(name)));
}

/** A trapped signal ends the wait: 128 + its number, then the trap runs. */
async function wait(shell: Shell, args: string[]): Promise<number> {
  try {
    if (args.length === 0 || args[0] === "-n") return await waitForAll(shell, args[0] === "-n");
    let status = 0;
    for (const name of args) status = await waitForOne(shell, name);
    return status;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const [signal] = shell.pending;
    await runPendingTraps(shell);
    return signal ? 128 + signalNumber(signal) : 130;
  }
}

async function waitForAll(shell: Shell, isAny: boolean): Promise<number> {
  for (const job of [...shell.jobs]) {
    const status = await waitForJob(shell, job.processes);
    shell.jobs = shell.jobs.filter((other) => other !== job);
    if (isAny) return status;
  }
  return isAny ? 127 : 0;
}

async function waitForOne(shell: Shell, name: string): Promise<number> {
  const job = findJob(shell, name);
  if (!job) {
    if (shell.isBash) await shell.complain(`wait: pid ${name} is not a child of this shell`);
    return 127;
  }
  return waitForJob(shell, job.processes);
}

async function waitForJob(shell: Shell, children: readonly Process[]): Promise<number> {
  let status = 0;
  for (const child of children) {
    status = (await shell.process.wait(child, { interruptible: true })).code;
  }
  return status;
}

async function cd(shell: Shell, args: string[]): Promise<number> {
  const { process, variables } = shell;
  const [given] = args.filter((arg) => arg !== "--" && arg !== "-P" && arg !== "-L");
  const target = given === "-" ? variables.get("OLDPWD") : (given ?? variables.get("HOME"));
  if (target === undefined)
    return refuse(shell, given === "-" ? "cd: OLDPWD not set" : "cd: HOME not set");
  try {
    const path = process.files.realPath(target || ".");
    process.files.directory(path);
    if (!process.files.allows(path, 1)) throw new ErrnoError("EACCES");
    variables.set("OLDPWD", variables.get("PWD") ?? process.cwd);
    process.cwd = path;
    variables.set("PWD", logical(variables.get("OLDPWD")!, target));
    if (given === "-") await process.print(`${variables.get("PWD")}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const told = {
      ash: `can't cd to ${target}: ${error.message}`,
      dash: `can't cd to ${target}`,
      bash: `${target}: ${error.message}`,
    };
    return refuse(shell, `cd: ${told[shell.dialect]}`, shell.dialect === "dash" ? 2 : 1);
  }
}

/** The path as it was walked, links and all, as `$PWD` shows it. */
function logical(from: string, to: string): string {
  const parts: string[] = [];
  for (const part of (to.startsWith("/") ? to : `${from}/${to}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The path of a program on PATH, or undefined. */
export function programPath(shell: Shell, name: string): string | undefined {
  try {
    const path = findExecutable(shell.process, name, shell.variables.get("PATH"));
    return shell.process.files.allows(path, 1) ? path : undefined;
  } catch (error) {
    if (error instanceof ErrnoError) return undefined;
    throw error;
  }
}
