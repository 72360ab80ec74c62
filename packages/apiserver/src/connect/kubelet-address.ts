// Where a node's kubelet listens, as its Node object says.

import { StatusError, type KubernetesObject } from "@kubonsai/api";
import type { Registry } from "../registry/registry.ts";

export interface KubeletAddress {
  readonly host: string;
  readonly port: number;
}

/** Simulated nodes share the machine's own address, while their Node objects tell of another. */
const ADDRESS_ANNOTATION = "kubonsai.dev/kubelet-address";

interface Node extends KubernetesObject {
  status?: {
    addresses?: { type: string; address: string }[];
    daemonEndpoints?: { kubeletEndpoint?: { Port?: number } };
  };
}

/** @throws NotFound; an error when the node tells no address */
export async function kubeletAddress(registry: Registry, name: string): Promise<KubeletAddress> {
  const nodes = registry.resource({ group: "", version: "v1", resource: "nodes" });
  if (!nodes) throw new StatusError(500, "", "nodes are not served");
  const node = (await nodes.get({ namespace: "", name }, {})).object as Node;
  const host =
    node.metadata.annotations?.[ADDRESS_ANNOTATION] ??
    node.status?.addresses?.find(({ type }) => type === "InternalIP")?.address;
  const port = node.status?.daemonEndpoints?.kubeletEndpoint?.Port ?? 10250;
  if (host === undefined) {
    throw new StatusError(500, "", `no preferred addresses found; known addresses: []`);
  }
  return { host, port };
}
