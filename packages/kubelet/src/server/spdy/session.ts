// SPDY/3.1 over one connection, the server's side: the client opens streams, we answer on them.
// Kubernetes' clients know no flow control windows, so that a slow reader slows the connection.
// @see github.com/moby/spdystream connection.go

import { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import {
  CANCEL,
  controlFrame,
  dataHead,
  FrameReader,
  numbers,
  PING,
  PROTOCOL_ERROR,
  REFUSED_STREAM,
  resetFrame,
  RST_STREAM,
  SYN_REPLY,
  SYN_STREAM,
  type ControlFrame,
  type DataPiece,
  type Frame,
} from "./frames.ts";
import { HeaderReader, writeHeaders } from "./headers.ts";
import { SpdyStream, type Carrier } from "./stream.ts";

/** Two for each connection of a port-forward. */
const MOST_STREAMS = 2000;
const NO_HEADERS = new Map<string, string>();

interface Events {
  close: [];
}

export class SpdySession extends EventEmitter<Events> implements Carrier {
  readonly #connection: Duplex;
  readonly #frames = new FrameReader();
  readonly #headers = new HeaderReader();
  readonly #streams = new Map<number, SpdyStream>();
  readonly #onStream: (stream: SpdyStream) => void;
  #lastStreamId = 0;
  #hasReplied = false;
  #isClosed = false;

  /**
   * @param connection is owned by the session from now on
   * @param onStream throws to refuse one
   */
  constructor(connection: Duplex, onStream: (stream: SpdyStream) => void) {
    super();
    this.#connection = connection;
    this.#onStream = onStream;
    connection.setMaxListeners(0);
    connection.on("error", () => this.close());
    connection.on("close", () => this.close());
    void this.#run();
  }

  /** Ends all streams at once. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection.destroy();
    this.#headers.close();
    for (const stream of this.#streams.values()) stream.destroy();
    this.emit("close");
  }

  async #run(): Promise<void> {
    try {
      for await (const chunk of this.#connection as AsyncIterable<Buffer>) {
        for (const frame of this.#frames.push(chunk)) await this.#take(frame);
      }
    } catch {
      // a client that breaks off, or speaks another protocol, loses its connection
    }
    this.close();
  }

  #take(frame: Frame): void | Promise<void> {
    switch (frame.type) {
      case "data":
        return this.#takeData(frame);
      case SYN_STREAM:
        return this.#open(frame);
      case RST_STREAM:
        return void this.#streams.get(frame.body.readUInt32BE(0) & 0x7fffffff)?.cut();
      case PING:
        // those with even numbers would be answers to our own
        if (frame.body.readUInt32BE(0) % 2 === 1) this.#send(controlFrame(PING, frame.body));
        return;
      default:
        return; // settings, windows, a farewell: nothing to do
    }
  }

  async #takeData({ streamId, bytes, isLast }: DataPiece): Promise<void> {
    const stream = this.#streams.get(streamId);
    if (!stream) return; // it was reset a moment ago
    await stream.receive(bytes);
    if (isLast) stream.endReceiving();
  }

  async #open({ body, isLast }: ControlFrame): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff;
    // read in any case: the next block cannot be inflated without this one
    const headers = await this.#headers.read(body.subarray(10));
    if (id % 2 === 0 || id <= this.#lastStreamId) {
      return this.#send(resetFrame(id, PROTOCOL_ERROR));
    }
    this.#lastStreamId = id;
    if (this.#streams.size >= MOST_STREAMS) return this.#send(resetFrame(id, REFUSED_STREAM));
    const stream = new SpdyStream(id, headers, this);
    this.#streams.set(id, stream);
    this.#reply(id);
    if (isLast) stream.endReceiving();
    try {
      this.#onStream(stream);
    } catch {
      stream.destroy();
    }
  }

  /** The client takes no data on a stream before this. */
  #reply(id: number): void {
    const block = writeHeaders(NO_HEADERS, !this.#hasReplied);
    this.#hasReplied = true;
    this.#send(controlFrame(SYN_REPLY, Buffer.concat([numbers(id), block])));
  }

  // What streams ask for

  sendData(streamId: number, bytes: Uint8Array, sent: () => void): void {
    this.#send(dataHead(streamId, bytes.length, false));
    this.#send(bytes, sent);
  }

  sendEnd(streamId: number, sent: () => void): void {
    this.#send(dataHead(streamId, 0, true), sent);
  }

  reset(streamId: number): void {
    this.#send(resetFrame(streamId, CANCEL));
  }

  forget(streamId: number): void {
    this.#streams.delete(streamId);
  }

  #send(bytes: Uint8Array, sent?: () => void): void {
    if (this.#isClosed || !this.#connection.writable) return sent?.();
    const hasRoom = this.#connection.write(bytes);
    if (!sent) return;
    if (hasRoom) return sent();
    this.#untilRoom(sent);
  }

  #untilRoom(sent: () => void): void {
    const goOn = () => {
      this.#connection.off("drain", goOn);
      this.#connection.off("close", goOn);
      sent();
    };
    this.#connection.on("drain", goOn);
    this.#connection.on("close", goOn);
  }
}
