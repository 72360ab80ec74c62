// Requests to kubelets, made with the server's own client certificate.

import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { Agent, request } from "node:https";
import type { Duplex } from "node:stream";
import { createSecureContext } from "node:tls";
import { StatusError } from "@kubonsai/api";
import type { KubeletAddress } from "./kubelet-address.ts";

export interface KubeletConnector {
  /** Resolves with the head of the answer; the body follows as it comes. */
  send(address: KubeletAddress, outgoing: Outgoing): Promise<IncomingMessage>;
  /** Asks for an upgrade; a kubelet that refuses answers as usual. */
  upgrade(address: KubeletAddress, outgoing: Outgoing): Promise<Upgraded | IncomingMessage>;
  close(): void;
}

export interface Outgoing {
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: NodeJS.ReadableStream;
  readonly signal?: AbortSignal;
}

export interface Upgraded {
  readonly answer: IncomingMessage;
  readonly socket: Duplex;
  /** What came right behind the answer's head. */
  readonly head: Buffer;
}

export function createKubeletConnector(tls: {
  ca: string;
  cert: string;
  key: string;
}): KubeletConnector {
  const secureContext = createSecureContext(tls);
  // many nodes share one address here, so a kubelet is known by its CA and not by its name
  const security = { secureContext, checkServerIdentity: () => undefined };
  const agent = new Agent({ keepAlive: true, ...security });
  return {
    send: (address, outgoing) =>
      open(address, outgoing, { agent }).then((opened) => {
        if (!("answer" in opened)) return opened;
        opened.socket.destroy();
        return opened.answer;
      }),
    upgrade: (address, outgoing) => open(address, outgoing, { agent: false, ...security }),
    close: () => agent.destroy(),
  };
}

function open(
  { host, port }: KubeletAddress,
  { method, path, headers, body, signal }: Outgoing,
  connection: object,
): Promise<Upgraded | IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { ...connection, host, port, method, path, headers };
    const sent = request(signal ? { ...options, signal } : options);
    sent.once("response", resolve);
    sent.once("upgrade", (answer, socket, head) => {
      // keys and frames are small, and each is waited for
      socket.setNoDelay(true);
      resolve({ answer, socket, head });
    });
    sent.once("error", (error) => reject(unreachable(error, `${host}:${port}`)));
    if (body) body.pipe(sent);
    else sent.end();
  });
}

const SYSTEM_TEXTS: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "connect: connection refused"],
  ["EHOSTUNREACH", "connect: no route to host"],
  ["ENETUNREACH", "connect: network is unreachable"],
  ["ETIMEDOUT", "i/o timeout"],
]);

function unreachable(error: NodeJS.ErrnoException, address: string): StatusError {
  const text = SYSTEM_TEXTS.get(error.code ?? "") ?? error.message;
  return new StatusError(500, "", `error dialing backend: dial tcp ${address}: ${text}`);
}
