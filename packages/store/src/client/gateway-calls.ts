// Calls to whichever of the stores can be reached, each over what it offers.

import { holding, type Clock } from "@kubonsai/clock";
import type { Endpoints } from "./endpoints.ts";
import { HttpCalls } from "./http-calls.ts";
import { NotOffered, SocketCalls } from "./socket-calls.ts";
import { Unreachable } from "./unreachable.ts";

/** Made again elsewhere they do no harm. */
const READS = new Set(["/v3/kv/range", "/v3/maintenance/status"]);

export class GatewayCalls {
  readonly #endpoints: Endpoints;
  readonly #clock: Clock;
  readonly #ways = new Map<string, Way>();

  constructor(endpoints: Endpoints, clock: Clock) {
    this.#endpoints = endpoints;
    this.#clock = clock;
  }

  /** @throws StoreError with the store's own text, or `unavailable` when none can be reached */
  call<T>(path: string, body: string): Promise<T> {
    return holding(this.#clock, async () => JSON.parse(await this.#callAny(path, body)) as T);
  }

  close(): void {
    for (const way of this.#ways.values()) way.close();
  }

  async #callAny(path: string, body: string): Promise<string> {
    for (let left = this.#endpoints.all.length; ; left--) {
      const address = this.#endpoints.current;
      try {
        return await this.#way(address).call(path, body);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        this.#endpoints.leave(address);
        // a write that may have happened is the caller's to look after
        if (left <= 1 || !(error.wasNotSent || READS.has(path))) throw error;
      }
    }
  }

  #way(address: string): Way {
    let way = this.#ways.get(address);
    if (!way) this.#ways.set(address, (way = new Way(address, this.#endpoints)));
    return way;
  }
}

/** To one store: over a WebSocket until it was found not to offer that. */
class Way {
  readonly #http: HttpCalls;
  #socket: SocketCalls | undefined;

  constructor(address: string, { tls }: Endpoints) {
    this.#http = new HttpCalls(address, tls);
    this.#socket = new SocketCalls(address, tls);
  }

  async call(path: string, body: string): Promise<string> {
    if (!this.#socket) return this.#http.call(path, body);
    try {
      return await this.#socket.call(path, body);
    } catch (error) {
      if (!(error instanceof NotOffered)) throw error;
      this.#socket = undefined;
      return this.#http.call(path, body);
    }
  }

  close(): void {
    this.#socket?.close();
    this.#http.close();
  }
}
