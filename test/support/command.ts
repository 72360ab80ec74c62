// The kubonsai command as a person runs it: the built bundle, in processes of its own.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const binary = join(dirname(fileURLToPath(import.meta.url)), "../../dist/bin/kubonsai.js");

export interface CommandResult {
  exitCode: number;
  /** Both streams, in the order in which they came. */
  output: string;
}

/** Runs a command to its end. */
export async function kubonsai(...parameters: string[]): Promise<CommandResult> {
  const running = launch(parameters);
  return { exitCode: await running.exited, output: running.output() };
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly exited: Promise<number>;
  output(): string;
  /** Resolves with the first match of `pattern` in the output. @throws when the command ends before */
  line(pattern: RegExp): Promise<RegExpExecArray>;
}

export function launch(parameters: string[]): RunningCommand {
  const child = spawn(process.execPath, [binary, ...parameters], { stdio: "pipe" });
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const exited = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
  const line = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output);
        if (!match) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      void exited.then((code) => reject(new Error(`exit ${code} before ${pattern}:\n${output}`)));
    });
  return { child, exited, output: () => output, line };
}

/** A folder for one test's cluster; remove it when done. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "kubonsai-command-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
