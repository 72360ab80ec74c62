// Opening connections: for programs as pipes, for the outside as node streams.

import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connectionPair, type Address, type Connection } from "./connection.ts";
import { duplexOf, duplexPair } from "./duplex.ts";
import type { Fabric, Reached } from "./fabric.ts";
import { serveHttp } from "./http-server.ts";
import type { NetworkNamespace } from "./namespace.ts";
import { resolveName } from "./names.ts";
import { DialError } from "./network.ts";

/** Who dials: a pod's namespace, or undefined for the node side (probes, NodePort). */
export interface Dialer {
  readonly fabric: Fabric;
  readonly from: NetworkNamespace | undefined;
}

/** @throws DialError */
export async function reachHost(
  dialer: Dialer,
  host: string,
  port: number,
  timeoutMs: number,
): Promise<Reached> {
  const ip = addressOf(dialer, host);
  return dialer.fabric.reach(dialer.from, { ip, port }, timeoutMs);
}

/** A byte connection for a program. @throws DialError */
export async function connect(dialer: Dialer, to: Address, timeoutMs: number): Promise<Connection> {
  const { listener, address, source } = await dialer.fabric.reach(dialer.from, to, timeoutMs);
  const [client, server] = connectionPair(source, address);
  if (listener.accept) listener.accept(server);
  else serveHttp(duplexOf(server), listener.http!, source);
  return client;
}

/** A node stream for the outside. @throws DialError */
export async function dialStream(
  dialer: Dialer,
  host: string,
  port: number,
  timeoutMs: number,
): Promise<Duplex> {
  return streamTo(await reachHost(dialer, host, port, timeoutMs));
}

export function streamTo({ listener, address, source }: Reached): Duplex {
  if (listener.accept) {
    const [client, server] = connectionPair(source, address);
    listener.accept(server);
    return duplexOf(client);
  }
  const [client, server] = duplexPair();
  serveHttp(server, listener.http!, source);
  return client;
}

function addressOf({ fabric, from }: Dialer, host: string): string {
  if (isIP(host)) return host;
  const found = from
    ? resolveName(from, host)
    : (fabric.services.resolve(host) ?? fabric.addressesOfNode(host));
  if (!found?.[0]) throw new DialError(`dial tcp: lookup ${host}: no such host`, "lookup");
  return found[0];
}
