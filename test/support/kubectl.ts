// Real kubectl as a person types it. While it runs, virtual time goes on, so that what it waits for
// happens.

import { spawn } from "node:child_process";
import type { VirtualClock } from "@kubonsai/clock";

export type KubectlVersion = "1.36" | "1.32";

export interface KubectlOptions {
  /** The binary: newest by default, `1.32` for the oldest that is tested. */
  version?: KubectlVersion;
  stdin?: string;
  /** Default 0; `any` for tests that look at it themselves. */
  exitCode?: number | "any";
  env?: { [name: string]: string };
  /** How much virtual time passes in a step; 0: time stands still while kubectl runs. */
  stepMs?: number;
}

export interface KubectlResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface Invocation extends KubectlOptions {
  kubeconfig: string;
  clock: VirtualClock;
  /** `get pods -n myserver`, with quotes as in a shell; or the words themselves. */
  command: string | string[];
}

export interface RunningKubectl {
  /** What it has printed so far. */
  readonly output: { stdout: string; stderr: string };
  /** Its exit code; -1 when a signal ended it. */
  readonly closed: Promise<number>;
  /** Resolves when it prints something more. */
  printed(): Promise<void>;
  kill(): void;
}

export function launchKubectl({ version, command, ...rest }: Invocation): RunningKubectl {
  const child = spawn(kubectlBinary(version ?? "1.36"), wordsOf(command), {
    env: { ...process.env, KUBECONFIG: rest.kubeconfig, ...rest.env },
    stdio: "pipe",
  });
  // one that fails early does not read what it was given
  child.stdin.on("error", () => {}).end(rest.stdin ?? "");
  const output = { stdout: "", stderr: "" };
  const awaited: (() => void)[] = [];
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
      for (const resolve of awaited.splice(0)) resolve();
    });
  }
  const closed = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => resolve(exit ?? -1));
  });
  return {
    output,
    closed,
    printed: () => new Promise((resolve) => awaited.push(resolve)),
    kill: () => void child.kill("SIGKILL"),
  };
}

/** @throws Error with kubectl's output when its exit code is not the expected one */
export async function runKubectl(invocation: Invocation): Promise<KubectlResult> {
  const { clock, command, stepMs = 100, exitCode = 0 } = invocation;
  const { output, closed } = launchKubectl(invocation);
  let code: number | undefined;
  void closed.then(
    (exit) => (code = exit),
    () => (code = -1),
  );
  while (code === undefined && stepMs > 0) {
    await Promise.race([closed, clock.advance(stepMs)]);
  }
  code = await closed;
  if (exitCode !== "any" && code !== exitCode) {
    const words = wordsOf(command).join(" ");
    throw new Error(`kubectl ${words}: exit ${code}\n${output.stdout}${output.stderr}`);
  }
  return { ...output, exitCode: code };
}

/** `-p '{"a": 1}'` → `-p`, `{"a": 1}` */
function wordsOf(command: string | string[]): string[] {
  if (typeof command !== "string") return command;
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"));
}

export function kubectlBinary(version: KubectlVersion): string {
  const name = version === "1.36" ? "KUBECTL" : "KUBECTL_1_32";
  const binary = process.env[name];
  if (!binary) throw new Error(`${name} is not set: run the tests by "npm test"`);
  return binary;
}
