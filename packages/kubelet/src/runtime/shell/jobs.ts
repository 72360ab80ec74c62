// Children of a shell: pipelines, background jobs, waiting, and who has the terminal.

import { NullFile } from "../process/open-file.ts";
import { Pipe, PipeReader, PipeWriter } from "../process/pipe.ts";
import type { Process } from "../process/process.ts";
import { SIGNALS, signalNumber } from "../process/signals.ts";
import { terminalOf } from "../tty/terminal.ts";
import type { Shell } from "./shell.ts";
import { runSubshell } from "./subshell.ts";
import type { Command, Item, Pipeline, Script } from "./syntax.ts";

/** Starts all commands with pipes between them; @returns the children in order */
export function startPipeline(shell: Shell, commands: readonly Command[]): Process[] {
  const children: Process[] = [];
  let input: PipeReader | undefined;
  for (const [index, command] of commands.entries()) {
    const descriptors = shell.sharedDescriptors();
    if (input) {
      descriptors[0]?.release();
      descriptors[0] = input;
    }
    if (index < commands.length - 1) {
      const pipe = new Pipe();
      descriptors[1]?.release();
      descriptors[1] = new PipeWriter(pipe);
      input = new PipeReader(pipe);
    }
    const group = children[0] && shell.isInteractive ? { group: children[0].pid } : jobGroup(shell);
    const program = (process: Process) =>
      shell.interpreter.runToEnd(shell.inChild(process), scriptOf(command));
    children.push(shell.process.fork(program, { descriptors, ...group }));
  }
  return children;
}

/** A pipeline of one as a script: what a child of a longer pipeline runs. */
function scriptOf(command: Command): Script {
  const first: Pipeline = { isNegated: false, commands: [command] };
  return { items: [{ list: { first, rest: [] }, isBackground: false, source: "" }] };
}

/** An interactive shell gives every job a process group, so that ^C reaches it alone. */
export function jobGroup(shell: Shell): { group?: number } {
  return shell.isInteractive ? { group: 0 } : {};
}

export async function startBackground(shell: Shell, item: Item): Promise<number> {
  const script = { items: [{ ...item, isBackground: false }] };
  const descriptors = shell.sharedDescriptors();
  if (!shell.isInteractive) {
    descriptors[0]?.release();
    descriptors[0] = new NullFile();
  }
  const child = runSubshell(shell, script, { descriptors, ...jobGroup(shell) });
  shell.lastBackground = child.pid;
  const number = Math.max(0, ...shell.jobs.map((job) => job.number)) + 1;
  shell.jobs.push({ number, processes: [child], source: item.source, isTold: false });
  if (shell.isInteractive) await shell.process.complain(`[${number}] ${child.pid}\n`);
  return 0;
}

/** Waits for a foreground job; in an interactive shell it has the terminal meanwhile. */
export async function waitForeground(
  shell: Shell,
  children: readonly Process[],
): Promise<number[]> {
  const { process } = shell;
  const terminal = shell.isInteractive ? terminalOf(process.descriptors[0]) : undefined;
  const before = terminal?.foreground;
  if (terminal) {
    terminal.isRaw = false;
    terminal.foreground = () => process.world.processes.group(children[0]!.group);
  }
  const statuses: number[] = [];
  for (const child of children) statuses.push((await process.wait(child)).code);
  if (terminal && before) terminal.foreground = before;
  await tellSignal(shell, children[children.length - 1]!);
  return statuses;
}

const TEXTS: { readonly [signal: string]: string } = {
  SIGHUP: "Hangup",
  SIGQUIT: "Quit",
  SIGABRT: "Aborted",
  SIGKILL: "Killed",
  SIGSEGV: "Segmentation fault",
  SIGTERM: "Terminated",
  SIGALRM: "Alarm clock",
};

/** A child that a signal ended is mentioned, unless it was ^C or a broken pipe. */
async function tellSignal(shell: Shell, { status }: Process): Promise<void> {
  const signal = SIGNALS.find((name) => signalNumber(name) === status?.signal);
  if (signal === "SIGINT" && shell.isInteractive) await shell.process.complain("\n");
  if (signal && Object.hasOwn(TEXTS, signal)) await shell.process.complain(`${TEXTS[signal]}\n`);
}

/** Before a prompt: jobs that have ended are told and forgotten. */
export async function tellEndedJobs(shell: Shell): Promise<void> {
  for (const job of shell.jobs) {
    const last = job.processes[job.processes.length - 1]!;
    if (!last.status || job.isTold) continue;
    job.isTold = true;
    const { code } = last.status;
    const state = code === 0 ? "Done" : `Exit ${code}`;
    await shell.process.complain(`[${job.number}]+  ${state.padEnd(24)}${job.source}\n`);
  }
  shell.jobs = shell.jobs.filter((job) => !job.isTold);
}
