// The network of one kubelet process: every simulated node plugs into it.

import type { Clock, Random } from "@kubonsai/clock";
import { dialStream } from "./dial.ts";
import { Fabric } from "./fabric.ts";
import { requestHttp } from "./http-request.ts";
import type { Network } from "./network.ts";
import type { ServiceTable } from "./services.ts";

export interface ClusterNetwork extends Network {
  /** Replaces ClusterIP routing and DNS; connections that exist stay. */
  setServices(services: ServiceTable): void;
  /** For the runtime: where namespaces are attached. */
  readonly fabric: Fabric;
}

/** Bytes of an answer that probes and hooks look at. */
const PROBED_BYTES = 10 * 1024;

export function createNetwork({ clock, random }: { clock: Clock; random: Random }): ClusterNetwork {
  const fabric = new Fabric(clock, random);
  const dialer = { fabric, from: undefined };
  return {
    fabric,
    setServices: (services) => {
      fabric.services = services;
    },
    dial: (host, port, timeoutMs) => dialStream(dialer, host, port, timeoutMs),
    http: (request) => requestHttp(dialer, request, { mostBytes: PROBED_BYTES }),
  };
}
