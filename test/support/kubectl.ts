// Real kubectl as a person types it. While it runs, virtual time goes on, so that what it waits for
// happens.

import { spawn } from "node:child_process";
import type { VirtualClock } from "@kubonsai/clock";

export interface KubectlOptions {
  /** The binary: newest by default, `1.32` for the oldest that is tested. */
  version?: "1.36" | "1.32";
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

interface Invocation extends KubectlOptions {
  kubeconfig: string;
  clock: VirtualClock;
  /** `get pods -n myserver`: words parted by blanks; an array where a word has blanks. */
  command: string | string[];
}

export async function runKubectl(invocation: Invocation): Promise<KubectlResult> {
  const { clock, command, stepMs = 100, exitCode = 0 } = invocation;
  const words = typeof command === "string" ? command.split(/\s+/) : command;
  const child = spawn(binaryOf(invocation.version ?? "1.36"), words, {
    env: { ...process.env, KUBECONFIG: invocation.kubeconfig, ...invocation.env },
    stdio: "pipe",
  });
  child.stdin.end(invocation.stdin ?? "");
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => (output[stream] += text));
  }
  let code: number | undefined;
  const closed = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => {
      code = exit ?? -1;
      resolve();
    });
  });
  while (code === undefined && stepMs > 0) {
    await Promise.race([closed, clock.advance(stepMs)]);
  }
  await closed;
  if (exitCode !== "any" && code !== exitCode) {
    throw new Error(`kubectl ${words.join(" ")}: exit ${code}\n${output.stdout}${output.stderr}`);
  }
  return { ...output, exitCode: code! };
}

function binaryOf(version: "1.36" | "1.32"): string {
  const name = version === "1.36" ? "KUBECTL" : "KUBECTL_1_32";
  const binary = process.env[name];
  if (!binary) throw new Error(`${name} is not set: run the tests by "npm test"`);
  return binary;
}
