// A person at a prompt. What kubectl prints beside the expected (a warning, an error) fails the test.

import type { TestCluster } from "./cluster.ts";
import type { KubectlOptions, KubectlVersion, RunningKubectl } from "./kubectl.ts";

type Command = string | string[];
type Options = Pick<KubectlOptions, "stdin" | "exitCode" | "env" | "stepMs">;

export interface Terminal {
  /** Time stands still meanwhile. @returns stdout, after an exit with 0 and silence on stderr */
  run(command: Command, options?: Options): Promise<string>;
  /** The same for commands that wait for something: time goes on. */
  wait(command: Command, options?: Options): Promise<string>;
  /** @returns stderr, after an exit with 1 (or `exitCode`) and silence on stdout */
  refused(command: Command, options?: Options): Promise<string>;
  /** A command that goes on by itself: `get -w`, `logs -f`. */
  follow(command: Command, options?: Options): Followed;
}

export interface Followed {
  /**
   * Waits until what it printed matches, while time goes on in steps (`stepMs` 0: stands still).
   * @returns what it printed so far
   */
  until(pattern: RegExp, options?: { stepMs?: number }): Promise<string>;
  /** Kills it. @returns all that it printed, after silence on stderr */
  stop(): Promise<string>;
}

export function openTerminal(cluster: TestCluster, version: KubectlVersion = "1.36"): Terminal {
  const run = async (command: Command, options: Options = {}) => {
    const answer = await cluster.kubectl(command, { stepMs: 0, version, ...options });
    // what it set off at once shall be seen by the next command
    await cluster.clock.settle();
    const { stdout } = answer;
    const stderr = withoutOwnNoise(answer.stderr);
    if (stderr !== "") throw new Error(`unexpected on stderr of kubectl ${command}:\n${stderr}`);
    return stdout;
  };
  return {
    run,
    wait: (command, options) => run(command, { stepMs: 200, ...options }),
    async refused(command, options = {}) {
      const all = { stepMs: 0, version, exitCode: 1, ...options };
      const { stdout, stderr } = await cluster.kubectl(command, all);
      if (stdout !== "") throw new Error(`unexpected on stdout of kubectl ${command}:\n${stdout}`);
      return stderr;
    },
    follow: (command, options = {}) =>
      followed(cluster, cluster.launchKubectl(command, { version, ...options })),
  };
}

/** kubectl 1.36 at times complains of a watch that it ended itself, having seen what it waited for. */
const withoutOwnNoise = (stderr: string) =>
  stderr.replace(/^.*reflector\.go.*watch ended with error.*context canceled.*\n/gm, "");

function followed({ clock }: TestCluster, { output, closed, printed, kill }: RunningKubectl) {
  let isOver = false;
  void closed.finally(() => (isOver = true));
  return {
    async until(pattern: RegExp, { stepMs = 100 }: { stepMs?: number } = {}) {
      while (!pattern.test(output.stdout)) {
        if (isOver) throw new Error(`kubectl ended:\n${output.stdout}${output.stderr}`);
        await (stepMs === 0 ? Promise.race([printed(), closed]) : clock.advance(stepMs));
      }
      return output.stdout;
    },
    async stop() {
      kill();
      await closed;
      if (output.stderr !== "") throw new Error(`unexpected on stderr:\n${output.stderr}`);
      return output.stdout;
    },
  };
}
