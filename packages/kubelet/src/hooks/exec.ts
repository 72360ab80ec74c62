// Runs a command in a container and collects what it wrote: for hooks and exec probes.

import type { ContainerRuntime, ExecSession } from "../runtime/runtime.ts";

const MOST_OUTPUT_BYTES = 10 * 1024;

export interface ExecResult {
  exitCode: number;
  /** stdout and stderr as they came, at most 10 KiB. */
  output: string;
}

/** @param signal kills the command; the result is then what it wrote so far */
export async function execInContainer(
  runtime: ContainerRuntime,
  containerId: string,
  { command, signal }: { command: string[]; signal?: AbortSignal },
): Promise<ExecResult> {
  const session = runtime.exec(containerId, { command, tty: false, stdin: false });
  const kill = () => session.kill();
  signal?.addEventListener("abort", kill);
  try {
    const output = collect(session);
    const exitCode = await session.exitCode;
    return { exitCode, output: await output };
  } finally {
    signal?.removeEventListener("abort", kill);
  }
}

async function collect({ stdout, stderr }: ExecSession): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const take = async (stream: AsyncIterable<Uint8Array>) => {
    for await (const chunk of stream) {
      if (size >= MOST_OUTPUT_BYTES) continue;
      chunks.push(chunk);
      size += chunk.length;
    }
  };
  await Promise.all([take(stdout), take(stderr)]);
  return Buffer.concat(chunks).subarray(0, MOST_OUTPUT_BYTES).toString("utf8");
}
