// `kubectl port-forward` at its end: a connection from inside the sandbox to its own loopback, which
// also reaches what listens on 127.0.0.1 alone.

import type { Duplex } from "node:stream";
import { dialStream } from "../network/dial.ts";
import type { PodSandbox } from "./sandbox.ts";

const DIAL_TIMEOUT_MS = 10_000;

/** @throws Error with containerd's text */
export async function forwardInto(
  { id, config, network }: PodSandbox,
  port: number,
): Promise<Duplex> {
  const dialer = { fabric: network.fabric, from: network };
  try {
    return await dialStream(dialer, "127.0.0.1", port, DIAL_TIMEOUT_MS);
  } catch {
    const where = config.hostNetwork ? "host" : `/var/run/netns/cni-${asUuid(id)}`;
    const refused = (address: string) => `dial ${address}:${port}: connect: connection refused`;
    throw new Error(
      `failed to execute portforward in network namespace "${where}": ` +
        `failed to connect to localhost:${port} inside namespace "${id}", ` +
        `IPv4: ${refused("tcp4 127.0.0.1")} IPv6 ${refused("tcp6 [::1]")} `,
    );
  }
}

/** Network namespaces are named after a random UUID; a sandbox's own ID serves as well. */
function asUuid(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
