// A whole cluster in this process, on virtual time, with a folder of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster, type ClusterOptions } from "@kubonsai/cluster";
import { connectClient, loadKubeconfig, type Client } from "@kubonsai/client";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { runKubectl, type KubectlOptions, type KubectlResult } from "./kubectl.ts";

export interface TestCluster {
  readonly clock: VirtualClock;
  readonly client: Client;
  readonly server: string;
  readonly kubeconfig: string;
  /**
   * Runs real kubectl against it while virtual time goes on in small steps.
   * @throws Error with kubectl's output when its exit code is not the expected one (0)
   */
  kubectl(command: string | string[], options?: KubectlOptions): Promise<KubectlResult>;
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
  const connection = loadKubeconfig(kubeconfig, { userAgent: "kubonsai-test/v0" });
  const client = connectClient(connection, { clock });
  await clock.settle();
  return {
    clock,
    client,
    server,
    kubeconfig,
    kubectl: (command, kubectlOptions = {}) =>
      runKubectl({ kubeconfig, clock, command, ...kubectlOptions }),
    async stop() {
      client.close();
      await cluster.stop();
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
