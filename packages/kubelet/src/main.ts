// The kubelet as a process of its own.

import { runComponent, type ProcessSettings } from "@kubonsai/client";
import { readFileSync } from "node:fs";
import { startKubelet, type KubeletOptions } from "./kubelet.ts";

interface KubeletSettings extends ProcessSettings {
  nodes: KubeletOptions["nodes"];
  /** PEM files of the HTTPS server. */
  serving: { certFile: string; keyFile: string; clientCaFile: string };
  nodePortAddress?: string;
  port?: number;
}

const read = (file: string) => readFileSync(file, "utf8");

await runComponent<KubeletSettings>("kubelet", (options, settings) =>
  startKubelet({
    ...options,
    nodes: settings.nodes,
    serving: {
      cert: read(settings.serving.certFile),
      key: read(settings.serving.keyFile),
      clientCa: read(settings.serving.clientCaFile),
    },
    ...(settings.nodePortAddress ? { nodePortAddress: settings.nodePortAddress } : {}),
    ...(settings.port === undefined ? {} : { port: settings.port }),
  }),
);
