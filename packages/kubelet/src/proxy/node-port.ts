// A NodePort: a real listener on this machine whose connections go to the service's pods.

import type { Logger } from "@kubonsai/client";
import type { Clock, Timer } from "@kubonsai/clock";
import net from "node:net";
import type { Duplex } from "node:stream";
import type { Address } from "../runtime/network/connection.ts";
import type { Network } from "../runtime/network/network.ts";

const RETRY_MS = 5_000;
const DIAL_TIMEOUT_MS = 10_000;

export interface NodePortOptions {
  /** `127.0.0.1` */
  address: string;
  port: number;
  network: Network;
  clock: Clock;
  log: Logger;
  /** Where the next connection goes. */
  target: (clientIp: string) => Address | undefined;
}

/**
 * Listens from `open` to `close`: while a service has no endpoint its port is closed, so that
 * clients are refused as they are by a real node.
 */
export class NodePort {
  readonly #options: NodePortOptions;
  readonly #sockets = new Set<net.Socket>();
  #server: net.Server | undefined;
  #retry: Timer | undefined;

  constructor(options: NodePortOptions) {
    this.#options = options;
  }

  open(): void {
    if (this.#server || this.#retry) return;
    const { address, port } = this.#options;
    const server = net.createServer({ allowHalfOpen: true }, (socket) => void this.#accept(socket));
    server.on("error", (error) => this.#failed(error));
    server.listen(port, address);
    this.#server = server;
  }

  /** New connections are refused; those under way go on until they end by themselves. */
  close(): void {
    this.#retry?.cancel();
    this.#retry = undefined;
    this.#server?.close();
    this.#server = undefined;
  }

  /** Ends connections too. */
  destroy(): void {
    this.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Somebody else has the port, perhaps not for long. */
  #failed(error: Error): void {
    const { port, clock, log } = this.#options;
    log.warn({ port, err: error }, "node port cannot be opened, will try again");
    this.close();
    this.#retry = clock.after(RETRY_MS, () => {
      this.#retry = undefined;
      this.open();
    });
  }

  async #accept(socket: net.Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const target = this.#options.target(socket.remoteAddress ?? "");
    if (!target) return void socket.resetAndDestroy();
    try {
      const { network } = this.#options;
      join(socket, await network.dial(target.ip, target.port, DIAL_TIMEOUT_MS));
    } catch (error) {
      this.#options.log.debug({ ...target, err: error }, "node port connection not passed on");
      socket.resetAndDestroy();
    }
  }
}

/** Each side's end is passed on; each side's failure ends both. */
function join(socket: net.Socket, connection: Duplex): void {
  const destroy = () => {
    socket.destroy();
    connection.destroy();
  };
  connection.on("error", destroy);
  connection.on("close", () => socket.end());
  socket.on("close", () => connection.destroy());
  socket.pipe(connection);
  connection.pipe(socket);
}
