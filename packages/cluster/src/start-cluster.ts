// The composition root: data folder, certificates, port, and then every component in order.

import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { provideCertificates, type Certificates } from "./certificates/provide.ts";
import { componentsOf } from "./components.ts";
import { openControl, type ClusterState } from "./control.ts";
import { dataFolder, makeDataFolder, writePrivate, type DataFolder } from "./data-folder.ts";
import { kubeconfigText } from "./kubeconfig.ts";
import { HOST, type ClusterOptions } from "./options.ts";
import { claimPort } from "./ports.ts";
import type { Component, RunningComponents } from "./processes/component.ts";
import { startHere } from "./processes/in-process.ts";
import { startSplit } from "./processes/split.ts";

export interface Cluster {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** Path of the written kubeconfig. */
  readonly kubeconfig: string;
  /** Resolves when `kubonsai down` asked for the end. */
  readonly stopRequested: Promise<void>;
  /** Stops the components in reverse order and frees the data folder. */
  stop(): Promise<void>;
}

/** Resolves when every component is ready. @throws UserError for what the user can mend */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const startedAtMs = options.startedAtMs ?? options.clock.now();
  const folder = dataFolder(options.dataDir);
  makeDataFolder(folder);
  const state: ClusterState = {
    pid: process.pid,
    startedAt: new Date(startedAtMs).toISOString(),
    server: "",
    kubeconfig: options.kubeconfig ?? folder.kubeconfig,
    processes: [],
  };
  let components: RunningComponents | undefined;
  let requestStop = () => {};
  const stopRequested = new Promise<void>((resolve) => (requestStop = resolve));
  const control = await openControl(folder, {
    state: () => ({ ...state, processes: components?.states() ?? [] }),
    stop: () => requestStop(),
  });
  try {
    const port = await claimPort(HOST, options.port);
    state.server = `https://${HOST}:${port}`;
    const certificates = await provideCertificates(folder.pki, options.clock);
    writePrivate(state.kubeconfig, adminKubeconfig(state.server, certificates));
    const parts = componentsOf({ options, folder, certificates, port });
    components = await startAll(parts, { options, folder });
  } catch (error) {
    await control.close();
    throw error;
  }
  const { server, kubeconfig } = state;
  options.report(readyLine(kubeconfig, options.clock.now() - startedAtMs));
  return {
    server,
    kubeconfig,
    stopRequested,
    async stop() {
      await components.stop();
      await control.close();
    },
  };
}

function startAll(
  components: Component[],
  { options, folder }: { options: ClusterOptions; folder: DataFolder },
): Promise<RunningComponents> {
  const { clock, report } = options;
  if (options.processes === "single") return startHere(components, report);
  return startSplit(components, { binaries: bundles(), logs: folder.logs, clock, report });
}

/** Bundled, this file lies beside the components' bundles. */
const bundles = () => dirname(fileURLToPath(import.meta.url));

function adminKubeconfig(server: string, { caFile, files }: Certificates): string {
  const read = (file: string) => readFileSync(file, "utf8");
  return kubeconfigText({
    server,
    ca: read(caFile),
    certificate: read(files.admin.certificateFile),
    key: read(files.admin.keyFile),
  });
}

const readyLine = (kubeconfig: string, tookMs: number) =>
  `ready in ${(tookMs / 1000).toFixed(2)} s: export KUBECONFIG=${kubeconfig}`;
