// kubectl on a real terminal, as `exec -it` asks for: `script` (util-linux) lends one.

import { spawn, spawnSync } from "node:child_process";
import type { TestCluster } from "./cluster.ts";
import { kubectlBinary, type KubectlVersion } from "./kubectl.ts";

/** Elsewhere `script` takes other words. */
export const hasPseudoTerminal = /util-linux/.test(
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "",
);

export interface Conversation {
  version: KubectlVersion;
  /** `exec -it web -- sh` */
  command: string;
  /** What the far side shows when it is ready for the next line. */
  prompt: string;
  lines: readonly string[];
}

/** Types a line at each prompt. @returns all that the screen showed, and the exit code */
export async function converse(
  { kubeconfig, dataDir }: TestCluster,
  { version, command, prompt, lines }: Conversation,
): Promise<{ screen: string; exitCode: number | null }> {
  const typed = `${kubectlBinary(version)} ${command}`;
  const child = spawn("script", ["-qec", typed, "/dev/null"], {
    env: { ...process.env, KUBECONFIG: kubeconfig, HOME: dataDir },
    stdio: "pipe",
  });
  const left = [...lines];
  let screen = "";
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    const at = screen.indexOf(prompt, seen);
    const line = at < 0 ? undefined : left.shift();
    if (line === undefined) return;
    seen = at + prompt.length;
    child.stdin.write(`${line}\n`);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { screen: screen.replaceAll("\r\n", "\n"), exitCode };
}
