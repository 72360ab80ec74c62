// A network namespace: the pod's address and ports, shared by its containers.

import { ErrnoError } from "../file-system/errno.ts";
import type { Address } from "./connection.ts";
import type { Fabric } from "./fabric.ts";
import type { Listener } from "./listener.ts";

const FIRST_EPHEMERAL = 32768;
const EPHEMERAL_PORTS = 28232;

export class NetworkNamespace {
  readonly fabric: Fabric;
  readonly ip: string;
  readonly hostname: string;
  /** Lines of resolv.conf. */
  readonly dns: { nameservers: string[]; searches: string[]; options: string[] };
  #listeners: Listener[] = [];
  #ephemeral = 0;

  constructor(fabric: Fabric, identity: Pick<NetworkNamespace, "ip" | "hostname" | "dns">) {
    this.fabric = fabric;
    this.ip = identity.ip;
    this.hostname = identity.hostname;
    this.dns = identity.dns;
  }

  get listeners(): readonly Listener[] {
    return this.#listeners;
  }

  /** @returns what closes the port @throws ErrnoError EADDRINUSE */
  listen(listener: Listener): () => void {
    if (this.listenerAt(listener.port, true)) throw new ErrnoError("EADDRINUSE");
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  listenerAt(port: number, isLocal: boolean): Listener | undefined {
    return this.#listeners.find(
      (listener) => listener.port === port && (isLocal || !listener.isLoopbackOnly),
    );
  }

  /** An address for the client's end of a connection to `ip`. */
  sourceFor(ip: string): Address {
    const port = FIRST_EPHEMERAL + (this.#ephemeral++ % EPHEMERAL_PORTS);
    return { ip: isLoopback(ip) ? "127.0.0.1" : this.ip, port };
  }
}

export function isLoopback(ip: string): boolean {
  return ip.startsWith("127.") || ip === "::1";
}
