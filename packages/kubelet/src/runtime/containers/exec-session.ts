// `kubectl exec` and `attach`: a process's streams as the kubelet's server sees them.

import { NullFile } from "../process/open-file.ts";
import { Pipe, PipeReader, PipeWriter, bytesFrom } from "../process/pipe.ts";
import type { Process } from "../process/process.ts";
import { ExecError, type ExecOptions, type ExecSession } from "../runtime.ts";
import { Terminal } from "../tty/terminal.ts";
import { Attachment } from "./attachment.ts";
import { StartFailure, type Container } from "./container.ts";

/** @throws ExecError when the command cannot be started */
export function startExec(container: Container, options: ExecOptions, execId: string): ExecSession {
  if (container.state !== "running") {
    throw new ExecError(`container is in CONTAINER_${container.state.toUpperCase()} state`, 1);
  }
  const loaded = loadOrExplain(container, options.command, execId);
  if (options.tty) return withTerminal(container, loaded);
  const stdin = new Pipe();
  const stdout = new Pipe();
  const stderr = new Pipe();
  const input = options.stdin ? new PipeReader(stdin) : new NullFile();
  const descriptors = [input, new PipeWriter(stdout), new PipeWriter(stderr)];
  const process = container.spawn(loaded, descriptors);
  return {
    stdout: bytesFrom(stdout),
    stderr: bytesFrom(stderr),
    write: (chunk) => putAll(stdin, chunk),
    closeStdin: () => stdin.endWriting(),
    resize: () => {},
    kill: () => {
      process.signal("SIGKILL");
      for (const output of [stdout, stderr]) output.endReading();
    },
    exitCode: finished(process, [stdout, stderr]),
  };
}

function loadOrExplain(container: Container, command: string[], execId: string) {
  try {
    return container.load(command);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    const message =
      `failed to exec in container: failed to start exec "${execId}": OCI runtime exec failed: ` +
      `exec failed: unable to start container process: ${error.message}`;
    throw new ExecError(message, error.code === "ENOENT" ? 127 : 126);
  }
}

function withTerminal(container: Container, loaded: ReturnType<Container["load"]>): ExecSession {
  const shown = new Pipe();
  const terminal = new Terminal((bytes) => shown.put(bytes));
  const { file } = terminal;
  const env = new Map(container.init?.env);
  env.set("TERM", "xterm");
  const descriptors = [file, file.share(), file.share()];
  const process = container.spawn(loaded, descriptors, { env });
  terminal.foreground = () => container.processes.group(process.group);
  return {
    stdout: bytesFrom(shown),
    stderr: bytesFrom(ended()),
    write: (chunk) => typeInto(terminal, chunk),
    closeStdin: () => terminal.hangUp(),
    resize: (columns, rows) => terminal.resize(columns, rows),
    kill: () => {
      terminal.hangUp();
      for (const member of container.processes.group(process.group)) member.signal("SIGHUP");
      shown.endReading();
    },
    exitCode: finished(process, [shown]),
  };
}

/** Joins the first process: what it writes from now on, and its input where it has one. */
export function attachTo(container: Container): ExecSession {
  const init = container.init;
  if (container.state !== "running" || !init) {
    throw new ExecError(`container is in CONTAINER_${container.state.toUpperCase()} state`, 1);
  }
  const shown = new Attachment();
  container.attached = [...container.attached, shown];
  const { terminal, stdin } = container;
  const closeStdin = () => {
    if (container.config.stdinOnce) stdin?.endWriting();
  };
  return {
    stdout: bytesFrom(shown.stdout),
    stderr: bytesFrom(shown.stderr),
    write: (chunk) =>
      terminal ? typeInto(terminal, chunk) : stdin ? putAll(stdin, chunk) : Promise.resolve(),
    closeStdin,
    resize: (columns, rows) => terminal?.resize(columns, rows),
    kill() {
      container.attached = container.attached.filter((other) => other !== shown);
      shown.end();
      closeStdin();
    },
    exitCode: finished(init, [shown.stdout, shown.stderr]),
  };
}

function ended(): Pipe {
  const pipe = new Pipe();
  pipe.endWriting();
  return pipe;
}

async function putAll(pipe: Pipe, chunk: Uint8Array): Promise<void> {
  while (pipe.isFull && !pipe.isBroken) await pipe.changed();
  pipe.put(chunk);
}

function typeInto(terminal: Terminal, chunk: Uint8Array): Promise<void> {
  terminal.type(chunk);
  return Promise.resolve();
}

/** The exit code, once the process ended and what it wrote was read. */
async function finished(process: Process, outputs: Pipe[]): Promise<number> {
  await new Promise<void>((resolve) => process.onEnd(resolve));
  for (const output of outputs) {
    output.endWriting();
    while (!output.isDrained) await output.changed();
  }
  return process.status!.code;
}
