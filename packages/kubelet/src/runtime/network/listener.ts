// What a program opens a port with: bytes, or requests where it speaks HTTP.

import type { Connection } from "./connection.ts";

export interface Listener {
  readonly port: number;
  /** Reachable on localhost alone. */
  readonly isLoopbackOnly: boolean;
  /** Speaks HTTP: probes call this without a byte stream, others come through a shared server. */
  readonly http?: HttpHandler;
  /** True: TLS; `either`: whatever the client speaks. Only for HTTP. */
  readonly tls?: boolean | "either";
  /** Takes a connection's server side; absent with `http`. */
  readonly accept?: (connection: Connection) => void;
}

export type HttpHandler = (request: IncomingRequest) => HttpAnswer | Promise<HttpAnswer>;

export interface IncomingRequest {
  readonly method: string;
  /** As in the request line: `/a?b=c`. */
  readonly target: string;
  readonly httpVersion: string;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  readonly remoteAddress: string;
  readonly remotePort: number;
  body(): Promise<Uint8Array>;
}

export interface HttpAnswer {
  status: number;
  /** Reason phrase; absent: the usual one. */
  reason?: string;
  headers: { [name: string]: string };
  /** Left out by the server for HEAD, 204 and 304. */
  body: Uint8Array;
}
