// The cluster's virtual network: pod IPs and ports inside, no host sockets. NodePort listeners and
// probes enter here.

import type { Duplex } from "node:stream";

export interface Network {
  /**
   * Opens a connection to a pod, service or node address.
   * @throws DialError in Go's words: `dial tcp 10.244.1.2:80: connect: connection refused`
   */
  dial(host: string, port: number, timeoutMs: number): Promise<Duplex>;
  /**
   * An HTTP request without a byte stream where the listener can answer one (probes, hooks); falls
   * back to `dial`. @throws DialError, or Error in Go's words for timeouts and malformed answers
   */
  http(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpRequest {
  host: string;
  port: number;
  tls: boolean;
  method: string;
  path: string;
  headers: { [name: string]: string };
  timeoutMs: number;
}

export interface HttpResponse {
  status: number;
  headers: { [name: string]: string };
  /** At most 10 KiB. */
  body: Uint8Array;
}

/** A connection that could not be made; `reason` is `refused`, `timeout`, `no-route` or `lookup`. */
export class DialError extends Error {
  readonly reason: "refused" | "timeout" | "no-route" | "lookup";
  constructor(message: string, reason: DialError["reason"]) {
    super(message);
    this.reason = reason;
  }
}
