// A whole cluster in this process, on virtual time, with a folder of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster, type ClusterOptions } from "@kubonsai/cluster";
import { connectClient, loadKubeconfig, type Client } from "@kubonsai/client";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import {
  launchKubectl,
  runKubectl,
  type KubectlOptions,
  type KubectlResult,
  type RunningKubectl,
} from "./kubectl.ts";

export interface TestCluster {
  readonly clock: VirtualClock;
  readonly client: Client;
  readonly server: string;
  readonly kubeconfig: string;
  readonly dataDir: string;
  /**
   * Runs real kubectl against it while virtual time goes on in small steps.
   * @throws Error with kubectl's output when its exit code is not the expected one (0)
   */
  kubectl(command: string | string[], options?: KubectlOptions): Promise<KubectlResult>;
  /** For commands that go on by themselves; `stop` kills what is left of them. */
  launchKubectl(command: string | string[], options?: KubectlOptions): RunningKubectl;
  stop(): Promise<void>;
}

export async function startTestCluster(
  options: Partial<ClusterOptions> = {},
): Promise<TestCluster> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "kubonsai-test-"));
  const clock = new VirtualClock(Date.UTC(2026, 5, 1, 8));
  const cluster = await startCluster({
    dataDir,
    port: 0,
    nodes: 3,
    serviceNodePortRange: { first: 30_000, last: 60_000 },
    processes: "single",
    logLevel: "warn",
    clock,
    random: seededRandom(1),
    report: () => {},
    ...options,
  });
  const { server, kubeconfig } = cluster;
  const launched = new Set<RunningKubectl>();
  const connection = loadKubeconfig(kubeconfig, { userAgent: "kubonsai-test/v0" });
  const client = connectClient(connection, { clock });
  await clock.settle();
  // kubectl keeps there what it discovered
  const home = { HOME: dataDir };
  const invocation = (
    command: string | string[],
    { env, ...kubectlOptions }: KubectlOptions = {},
  ) => ({
    kubeconfig,
    clock,
    command,
    env: { ...home, ...env },
    ...kubectlOptions,
  });
  return {
    clock,
    client,
    server,
    kubeconfig,
    dataDir,
    kubectl: (command, kubectlOptions) => runKubectl(invocation(command, kubectlOptions)),
    launchKubectl(command, kubectlOptions) {
      const running = launchKubectl(invocation(command, kubectlOptions));
      launched.add(running);
      return running;
    },
    async stop() {
      for (const running of launched) running.kill();
      await Promise.all([...launched].map(({ closed }) => closed));
      client.close();
      await cluster.stop();
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
