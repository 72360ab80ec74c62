// Redirections: for one command, or for good with `exec`.

import { ErrnoError } from "../file-system/errno.ts";
import { Replace } from "../process/control.ts";
import type { OpenFile } from "../process/open-file.ts";
import { openPath, type Access } from "../process/open-entry.ts";
import { Pipe, PipeReader } from "../process/pipe.ts";
import { expandText } from "./expand.ts";
import type { Shell } from "./shell.ts";
import type { Redirection } from "./syntax.ts";

type Saved = [descriptor: number, file: OpenFile | undefined];

/** @returns the status of `run`, or of the redirection that failed */
export async function withRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
  run: () => Promise<number>,
): Promise<number> {
  const saved: Saved[] = [];
  if (!(await applyAll(shell, redirections, saved))) {
    restore(shell, saved);
    return failed(shell);
  }
  try {
    const status = await run();
    restore(shell, saved);
    return status;
  } catch (error) {
    // a process that becomes another program keeps them
    if (error instanceof Replace) for (const [, file] of saved) file?.release();
    else restore(shell, saved);
    throw error;
  }
}

/** For `exec`: they stay. @returns false when one failed, which was told */
export async function keepRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
): Promise<boolean> {
  const saved: Saved[] = [];
  const isDone = await applyAll(shell, redirections, saved);
  if (isDone) for (const [, file] of saved) file?.release();
  else restore(shell, saved);
  return isDone;
}

function failed(shell: Shell): number {
  return shell.dialect === "dash" ? 2 : 1;
}

async function applyAll(
  shell: Shell,
  redirections: readonly Redirection[],
  saved: Saved[],
): Promise<boolean> {
  for (const redirection of redirections) {
    if (!(await apply(shell, redirection, saved))) return false;
  }
  return true;
}

function restore({ process }: Shell, saved: readonly Saved[]): void {
  if (process.status) return;
  for (const [descriptor, file] of saved.toReversed()) {
    process.descriptors[descriptor]?.release();
    process.descriptors[descriptor] = file;
  }
}

async function apply(shell: Shell, redirection: Redirection, saved: Saved[]): Promise<boolean> {
  const { operator } = redirection;
  const target = await expandText(shell, redirection.target);
  const isInput = operator.startsWith("<");
  const descriptor = redirection.descriptor ?? (isInput ? 0 : 1);
  const put = (at: number, file: OpenFile | undefined) => {
    saved.push([at, shell.process.descriptors[at]]);
    shell.process.descriptors[at] = file;
  };
  try {
    const isBoth = operator.startsWith("&>") || (operator === ">&" && !/^(?:\d+|-)$/.test(target));
    if (isBoth) {
      const file = openPath(shell.process, target, operator === "&>>" ? "append" : "write");
      put(1, file);
      put(2, file.share());
    } else {
      put(descriptor, open(shell, operator, target));
    }
    return true;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    await shell.complain(explanation(shell, operator, target, error));
    return false;
  }
}

function open(
  shell: Shell,
  operator: Redirection["operator"],
  target: string,
): OpenFile | undefined {
  const { process } = shell;
  switch (operator) {
    case "<<":
      return textFile(target);
    case "<<<":
      return textFile(`${target}\n`);
    case "<&":
    case ">&": {
      if (target === "-") return undefined;
      const file = process.descriptors[Number(target)];
      if (!file) throw new ErrnoError("EBADF");
      return file.share();
    }
    default:
      return openPath(process, target, access(shell, operator, target));
  }
}

function access(shell: Shell, operator: Redirection["operator"], target: string): Access {
  if (operator === "<") return "read";
  if (operator === ">>") return "append";
  if (operator === "<>") return "read-write";
  const isProtected = shell.options.noclobber && operator === ">";
  const isRegular = isProtected && shell.process.files.find(target)?.kind === "file";
  return isRegular ? "exclusive" : "write";
}

function textFile(text: string): OpenFile {
  const pipe = new Pipe();
  pipe.put(Buffer.from(text));
  pipe.endWriting();
  return new PipeReader(pipe);
}

function explanation(
  shell: Shell,
  operator: Redirection["operator"],
  target: string,
  { code, message }: ErrnoError,
): string {
  const isInput = operator === "<" || operator === "<>";
  if (code === "EBADF") {
    return shell.isBash ? `${target}: ${message}` : `${target}: ${message.toLowerCase()}`;
  }
  if (shell.isBash) return `${target}: ${message}`;
  const verb = isInput ? "open" : "create";
  const missing = isInput
    ? { ash: "no such file", dash: "No such file" }
    : { ash: "nonexistent directory", dash: "Directory nonexistent" };
  const isAsh = shell.dialect === "ash";
  const why = code === "ENOENT" ? missing[isAsh ? "ash" : "dash"] : message;
  return `${isAsh ? "can't" : "cannot"} ${verb} ${target}: ${why}`;
}
