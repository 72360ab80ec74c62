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
export function converse(
  cluster: TestCluster,
  { version, command, prompt, lines }: Conversation,
): Promise<{ screen: string; exitCode: number | null }> {
  const steps = lines.map((line) => ({ after: prompt, type: `${line}\n` }));
  return play(cluster, { version, command, steps });
}

export interface Scene {
  version: KubectlVersion;
  command: string;
  env?: { [name: string]: string };
  /** Each types its keys when the screen shows more text with `after` in it. */
  steps: readonly { after: string; type: string }[];
  size?: { columns: number; rows: number };
}

/** Types key by key what each step says. @returns all that the screen showed, and the exit code */
export async function play(
  { kubeconfig, dataDir }: TestCluster,
  { version, command, env, steps, size }: Scene,
): Promise<{ screen: string; exitCode: number | null }> {
  const sized = size ? `stty cols ${size.columns} rows ${size.rows}; ` : "";
  const typed = `${sized}${kubectlBinary(version)} ${command}`;
  const child = spawn("script", ["-qec", typed, "/dev/null"], {
    env: { ...process.env, KUBECONFIG: kubeconfig, HOME: dataDir, ...env },
    stdio: "pipe",
  });
  // one that ends early does not read what is typed
  child.stdin.on("error", () => {});
  const left = [...steps];
  let screen = "";
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    for (let step = left[0]; step; step = left[0]) {
      const at = screen.indexOf(step.after, seen);
      if (at < 0) return;
      left.shift();
      seen = at + step.after.length;
      child.stdin.write(step.type);
    }
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { screen: screen.replaceAll("\r\n", "\n"), exitCode };
}
