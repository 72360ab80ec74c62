// The composition root: data folder, certificates, ports, and then every component in order.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { provideCertificates, type Certificates } from "./certificates/provide.ts";
import { componentsOf } from "./components.ts";
import { openControl, type ClusterState } from "./control.ts";
import { dataFolder, makeDataFolder, writePrivate, type DataFolder } from "./data-folder.ts";
import { kubeconfigText } from "./kubeconfig.ts";
import { HOST, type ClusterOptions } from "./options.ts";
import { claimPort } from "./ports.ts";
import { startHere } from "./processes/in-process.ts";
import { startSplit } from "./processes/split.ts";
import type { RunningComponents } from "./processes/component.ts";

export interface Cluster {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** Path of the written kubeconfig. */
  readonly kubeconfig: string;
  /** Resolves when `kubonsai down` asked for the end. */
  readonly stopRequested: Promise<void>;
  state(): ClusterState;
  /** Stops the components in reverse order. */
  stop(): Promise<void>;
}

/** Resolves when every component is ready. @throws UserError for what the user can mend */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const folder = dataFolder(options.dataDir);
  makeDataFolder(folder);
  let requestStop = () => {};
  const stopRequested = new Promise<void>((resolve) => (requestStop = resolve));
  const startedAt = new Date(options.clock.now()).toISOString();
  let running: RunningComponents | undefined;
  let server = "";
  const kubeconfig = options.kubeconfig ?? folder.kubeconfig;
  const state = (): ClusterState => ({
    pid: process.pid,
    startedAt,
    server,
    kubeconfig,
    processes: running?.states() ?? [],
  });
  const control = await openControl(folder, { state, stop: () => requestStop() });
  try {
    const port = await claimPort(HOST, options.port);
    server = `https://${HOST}:${port}`;
    const certificates = await provideCertificates(folder.pki, options.clock);
    writePrivate(kubeconfig, adminKubeconfig(server, certificates));
    const components = componentsOf({ options, folder, certificates, port });
    running = await startAll(components, options, folder);
  } catch (error) {
    await control.close();
    throw error;
  }
  return {
    server,
    kubeconfig,
    stopRequested,
    state,
    async stop() {
      await running?.stop();
      await control.close();
    },
  };
}
