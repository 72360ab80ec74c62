// Calls to one store as lines over a WebSocket, those of one turn of the event loop in one message: a
// fraction of what HTTP costs. Our own store offers it; another's refusal sends calls back to HTTP.

import { WebSocket, type RawData } from "ws";
import { webSocketUrl } from "./address.ts";
import { storeError } from "./decode.ts";
import type { ClientTls } from "./endpoints.ts";
import { Unreachable, unreachable } from "./unreachable.ts";

const PATH = "/v3/calls";
/** etcd takes a WebSocket at any path, but agrees to no protocol. */
const PROTOCOL = "kubonsai.calls";
/** A message is sent when it has so many characters, and what comes after begins another. */
const FULL_MESSAGE = 4 * 1024 * 1024;

/** The store speaks HTTP only. */
export class NotOffered extends Error {}

interface Waiting {
  resolve: (text: string) => void;
  reject: (error: Error) => void;
}

export class SocketCalls {
  readonly #url: string;
  readonly #tls: ClientTls | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #socket: WebSocket | undefined;
  #lastId = 0;
  #lines: string[] = [];
  #characters = 0;
  #isScheduled = false;

  constructor(address: string, tls: ClientTls | undefined) {
    this.#url = webSocketUrl(address, PATH);
    this.#tls = tls;
  }

  /** The answer's text. @throws NotOffered, StoreError with the store's own text, Unreachable */
  call(path: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      const line = `${id} ${path} ${body}`;
      this.#lines.push(line);
      this.#characters += line.length;
      this.#socket ??= this.#connect();
      if (this.#socket.readyState === WebSocket.OPEN) this.#schedule();
    });
  }

  close(): void {
    this.#socket?.terminate();
  }

  #connect(): WebSocket {
    const socket = new WebSocket(this.#url, PROTOCOL, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      // nothing stands between that a mask would have to mislead
      generateMask: (mask) => mask.fill(0),
      ...this.#tls,
    });
    let wasOpen = false;
    let failure: Error = new Unreachable("the connection was closed", { wasNotSent: false });
    socket.on("open", () => {
      wasOpen = true;
      this.#send();
    });
    socket.on("message", (data) => this.#receive(data));
    // "close" follows
    socket.on("error", (error) => {
      const cause = unreachable(error);
      failure = wasOpen || cause.wasNotSent ? cause : new NotOffered();
    });
    socket.on("close", () => {
      this.#socket = undefined;
      this.#fail(failure);
    });
    return socket;
  }

  #schedule(): void {
    if (this.#characters > FULL_MESSAGE) return this.#send();
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#socket?.readyState === WebSocket.OPEN) this.#send();
    });
  }

  #send(): void {
    if (this.#lines.length === 0) return;
    const message = this.#lines.join("\n");
    this.#lines = [];
    this.#characters = 0;
    this.#socket!.send(message);
  }

  #receive(data: RawData): void {
    for (const line of data.toString().split("\n")) {
      const idEnd = line.indexOf(" ");
      const id = Number(line.slice(0, idEnd));
      const status = Number(line.slice(idEnd + 1, idEnd + 4));
      const text = line.slice(idEnd + 5);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (status === 200) waiting?.resolve(text);
      else waiting?.reject(storeError(status, text));
    }
  }

  #fail(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#lines = [];
    this.#characters = 0;
    for (const { reject } of waiting) reject(error);
  }
}
