// A connection that makes plain calls, one after the other, is served here at a third of what a whole
// HTTP server costs. The first request that is more than that goes, with its connection, to one.

import type { Socket } from "node:net";
import { calls, carryOut, type Call } from "./calls.ts";
import { readHead, type PlainHead } from "./head.ts";
import type { GatewayParts } from "./parts.ts";

/** A larger body is left to the HTTP server, which gathers it in pieces. */
const LARGEST_PLAIN_BODY_BYTES = 128 * 1024;

const REASONS: { [status: number]: string } = {
  200: "OK",
  400: "Bad Request",
  404: "Not Found",
  412: "Precondition Failed",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
};

export interface PlainConnectionOptions {
  parts: GatewayParts;
  /** Takes the connection with what was read of it. */
  handOver: (socket: Socket) => void;
}

export class PlainConnection {
  readonly #socket: Socket;
  readonly #options: PlainConnectionOptions;
  #input: Buffer | undefined;
  #isBusy = false;
  #isEnding = false;

  constructor(socket: Socket, options: PlainConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on("data", this.#onData);
    socket.on("end", this.#onEnd);
    socket.on("error", this.#onError);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#input = this.#input ? Buffer.concat([this.#input, chunk]) : chunk;
    if (!this.#isBusy) this.#next();
    // a client that sends on and on without waiting for answers is read no further
    else if (this.#input.length > LARGEST_PLAIN_BODY_BYTES) this.#socket.pause();
  };

  /** Half closed: what was asked is still answered. */
  readonly #onEnd = (): void => {
    this.#isEnding = true;
    if (!this.#isBusy) this.#socket.end();
  };

  readonly #onError = (): void => {
    this.#socket.destroy();
  };

  #next(): void {
    const input = this.#input;
    if (!input) return;
    const head = readHead(input);
    if (head === undefined) return;
    if (head === "special" || head.bodyBytes > LARGEST_PLAIN_BODY_BYTES) return this.#handOver();
    const call = calls.get(head.path);
    if (!call) return this.#handOver();
    const end = head.bodyAt + head.bodyBytes;
    if (input.length < end) return;
    this.#input = input.length > end ? input.subarray(end) : undefined;
    this.#call(call, input, head);
  }

  #call(call: Call, input: Buffer, { bodyAt, bodyBytes }: PlainHead): void {
    this.#isBusy = true;
    carryOut(call, input.toString("utf8", bodyAt, bodyAt + bodyBytes), {
      parts: this.#options.parts,
      done: this.#answer,
    });
  }

  readonly #answer = (status: number, body: string): void => {
    this.#socket.write(
      `HTTP/1.1 ${status} ${REASONS[status]}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
      "latin1",
    );
    this.#isBusy = false;
    if (this.#isEnding && !this.#input) return void this.#socket.end();
    if (this.#socket.isPaused()) this.#socket.resume();
    // not at once: a client that sends ahead must not grow the stack
    if (this.#input) queueMicrotask(() => !this.#isBusy && this.#next());
  };

  #handOver(): void {
    const socket = this.#socket;
    socket.off("data", this.#onData);
    socket.off("end", this.#onEnd);
    socket.off("error", this.#onError);
    if (this.#input) socket.unshift(this.#input);
    this.#options.handOver(socket);
  }
}
