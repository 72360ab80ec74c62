// What the runtime is told of a pod's sandbox: its names, its network, its DNS.

import type { Pod } from "@kubonsai/api";
import type { SandboxConfig } from "../../runtime/runtime.ts";

/** The cluster's DNS service, at the tenth address of the service range. */
export const CLUSTER_DNS = "10.96.0.10";
export const CLUSTER_DOMAIN = "cluster.local";

const MOST_HOSTNAME_CHARACTERS = 63;

export function sandboxConfig(pod: Pod): SandboxConfig {
  const { metadata, spec } = pod;
  return {
    podUid: metadata.uid ?? "",
    name: metadata.name ?? "",
    namespace: metadata.namespace ?? "",
    hostname: hostname(pod),
    hostNetwork: spec.hostNetwork ?? false,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    dns: dnsOf(pod),
    hostAliases: (spec.hostAliases ?? []).map(({ ip, hostnames = [] }) => ({ ip, hostnames })),
  };
}

/** The pod's name, cut to what a host name may be, unless the spec names another. */
export function hostname({ metadata, spec }: Pod): string {
  if (spec.hostnameOverride) return spec.hostnameOverride;
  if (spec.hostNetwork && !spec.hostname) return spec.nodeName ?? "";
  const name = spec.hostname || (metadata.name ?? "");
  const short = name.slice(0, MOST_HOSTNAME_CHARACTERS).replace(/[-.]+$/, "");
  const domain = `${spec.subdomain}.${metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
  return spec.setHostnameAsFQDN && spec.subdomain ? `${short}.${domain}` : short;
}

type Dns = SandboxConfig["dns"];

function dnsOf({ metadata, spec }: Pod): Dns {
  const { dnsPolicy = "ClusterFirst", dnsConfig = {} } = spec;
  const usesNode =
    dnsPolicy === "Default" || (dnsPolicy === "ClusterFirst" && (spec.hostNetwork ?? false));
  const base: Dns =
    dnsPolicy === "None"
      ? { nameservers: [], searches: [], options: [] }
      : usesNode
        ? { nameservers: ["8.8.8.8"], searches: [], options: [] }
        : clusterDns(metadata.namespace ?? "");
  const options = (dnsConfig.options ?? []).map(({ name = "", value }) =>
    value === undefined ? name : `${name}:${value}`,
  );
  return {
    nameservers: unique([...base.nameservers, ...(dnsConfig.nameservers ?? [])]),
    searches: unique([...base.searches, ...(dnsConfig.searches ?? [])]),
    options: mergedOptions(base.options, options),
  };
}

const clusterDns = (namespace: string): Dns => ({
  nameservers: [CLUSTER_DNS],
  searches: [`${namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN],
  options: ["ndots:5"],
});

/** The pod's own value of an option replaces the cluster's. */
function mergedOptions(base: string[], own: string[]): string[] {
  const nameOf = (option: string) => option.split(":")[0];
  const names = new Set(own.map(nameOf));
  return [...base.filter((option) => !names.has(nameOf(option))), ...own];
}

const unique = (texts: string[]) => [...new Set(texts)];
