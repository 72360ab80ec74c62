// Name resolution inside a pod: /etc/hosts is the caller's, then the cluster's names by resolv.conf.

import { isIP } from "node:net";
import type { NetworkNamespace } from "./namespace.ts";

/**
 * Addresses of a host name as the pod's resolver finds them, IPv4.
 * @returns undefined when the name does not exist
 */
export function resolveName(namespace: NetworkNamespace, name: string): string[] | undefined {
  if (isIP(name)) return [name];
  const plain = name.replace(/\.$/, "").toLowerCase();
  if (plain === "localhost") return ["127.0.0.1"];
  if (plain === namespace.hostname) return [namespace.ip];
  for (const candidate of candidates(namespace, plain, name.endsWith("."))) {
    const found = namespace.fabric.services.resolve(candidate);
    if (found) return found;
  }
  return namespace.fabric.addressesOfNode(plain);
}

/** With fewer dots than `ndots` the search list comes first. */
function candidates(namespace: NetworkNamespace, name: string, isFull: boolean): string[] {
  const { searches, options } = namespace.dns;
  if (isFull) return [name];
  const asked = options.find((option) => option.startsWith("ndots:"));
  const ndots = asked ? Number(asked.slice("ndots:".length)) : 1;
  const searched = searches.map((domain) => `${name}.${domain}`);
  const dots = name.split(".").length - 1;
  return dots >= ndots ? [name, ...searched] : [...searched, name];
}
