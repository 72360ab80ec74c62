// One of the streams inside a SPDY connection, as a node stream: each side ends by itself,
// destroying it resets both.

import { Duplex } from "node:stream";
import type { Headers } from "./headers.ts";

/** What a stream needs of its connection. */
export interface Carrier {
  /** Calls `sent` when the connection can take more. */
  sendData(streamId: number, bytes: Uint8Array, sent: () => void): void;
  sendEnd(streamId: number, sent: () => void): void;
  reset(streamId: number): void;
  forget(streamId: number): void;
}

/** So much waits for a reader before the whole connection does. */
const MOST_WAITING_BYTES = 256 * 1024;

export class SpdyStream extends Duplex {
  readonly id: number;
  /** The names are in lower case. */
  readonly headers: Headers;
  readonly #carrier: Carrier;
  #hasRoom: (() => void) | undefined;
  #isCut = false;

  constructor(id: number, headers: Headers, carrier: Carrier) {
    super({ allowHalfOpen: true, readableHighWaterMark: MOST_WAITING_BYTES });
    this.id = id;
    this.headers = headers;
    this.#carrier = carrier;
    // who reads or writes it learns of its end; the connection goes on without
    this.on("error", () => undefined);
  }

  /** Bytes from the other side. @returns a promise when its reader must catch up first */
  receive(bytes: Buffer): void | Promise<void> {
    if (this.destroyed || this.readableEnded || bytes.length === 0) return;
    if (this.push(bytes)) return;
    return new Promise((resolve) => (this.#hasRoom = resolve));
  }

  /** The other side says no more. */
  endReceiving(): void {
    if (!this.destroyed) this.push(null);
  }

  /** The other side has reset it. */
  cut(): void {
    this.#isCut = true;
    this.destroy();
  }

  override _read(): void {
    this.#goOn();
  }

  override _write(bytes: Uint8Array, _encoding: string, done: () => void): void {
    this.#carrier.sendData(this.id, bytes, done);
  }

  override _final(done: () => void): void {
    this.#carrier.sendEnd(this.id, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const hasEnded = this.readableEnded && this.writableFinished;
    if (!hasEnded && !this.#isCut) this.#carrier.reset(this.id);
    this.#carrier.forget(this.id);
    this.#goOn();
    done(error);
  }

  #goOn(): void {
    this.#hasRoom?.();
    this.#hasRoom = undefined;
  }
}
