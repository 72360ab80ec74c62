// All watches of a client over one WebSocket. When it breaks, it is made again, to the next store when
// there are several, with growing pauses, and every watch goes on after the last revision it was told.

import type { Clock } from "@kubonsai/clock";
import { WebSocket, type RawData } from "ws";
import { StoreError, type WatchListener, type WatchRequest } from "../contract.ts";
import { webSocketUrl } from "./address.ts";
import { number, revisionOf, type Decoder } from "./decode.ts";
import { cancelWatchMessage, PROGRESS_MESSAGE, type Encoder } from "./encode.ts";
import type { Endpoints } from "./endpoints.ts";
import type { WireWatchResult } from "./wire.ts";

const PATH = "/v3/watch";
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

interface ActiveWatch {
  id: number;
  request: WatchRequest;
  listener: WatchListener;
  /** The first revision not yet delivered; 0: it never began, and begins with what comes. */
  next: number;
  wasCreated: boolean;
  /** Lets virtual time go on once the store has answered. */
  release: () => void;
}

export interface WatchConnectionOptions {
  endpoints: Endpoints;
  clock: Clock;
  encoder: Encoder;
  decoder: Decoder;
}

export class WatchConnection {
  readonly #endpoints: Endpoints;
  readonly #clock: Clock;
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;
  readonly #closing = new AbortController();
  readonly #watches = new Map<number, ActiveWatch>();
  #socket: WebSocket | undefined;
  #lastId = 0;
  #pauseMs = FIRST_PAUSE_MS;

  constructor({ endpoints, clock, encoder, decoder }: WatchConnectionOptions) {
    this.#endpoints = endpoints;
    this.#clock = clock;
    this.#encoder = encoder;
    this.#decoder = decoder;
  }

  add(request: WatchRequest, listener: WatchListener, signal: AbortSignal): void {
    if (signal.aborted || this.#closing.signal.aborted) return;
    const id = ++this.#lastId;
    const next = request.startRevision ?? 0;
    const watch = { id, request, listener, next, wasCreated: false, release: () => {} };
    this.#watches.set(id, watch);
    signal.addEventListener("abort", () => this.#cancel(watch), { once: true });
    if (!this.#socket) this.#connect();
    else if (this.#socket.readyState === WebSocket.OPEN) this.#request(watch);
  }

  requestProgress(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(PROGRESS_MESSAGE);
  }

  close(): void {
    this.#closing.abort();
    this.#socket?.terminate();
    for (const watch of [...this.#watches.values()]) this.#end(watch, undefined);
  }

  #connect(): void {
    const address = this.#endpoints.current;
    const options = { perMessageDeflate: false, skipUTF8Validation: true, ...this.#endpoints.tls };
    const socket = new WebSocket(webSocketUrl(address, PATH), options);
    const release = this.#clock.hold();
    this.#socket = socket;
    socket.on("open", () => {
      for (const watch of this.#watches.values()) this.#request(watch);
      release();
    });
    socket.on("message", (data) => this.#receive(data));
    // "close" follows, with or without a reason that anybody could use
    socket.on("error", () => {});
    socket.on("close", () => {
      for (const watch of this.#watches.values()) watch.release();
      this.#endpoints.leave(address);
      void this.#reconnect();
      release();
    });
  }

  async #reconnect(): Promise<void> {
    await this.#clock.sleep(this.#pauseMs, this.#closing.signal);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    this.#socket = undefined;
    if (this.#watches.size > 0 && !this.#closing.signal.aborted) this.#connect();
  }

  #request(watch: ActiveWatch): void {
    watch.release = this.#clock.hold();
    this.#socket!.send(this.#encoder.createWatch(watch.id, watch.request, watch.next));
  }

  #cancel(watch: ActiveWatch): void {
    watch.release();
    if (!this.#watches.delete(watch.id)) return;
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(cancelWatchMessage(watch.id));
    }
  }

  #end(watch: ActiveWatch, error: StoreError | undefined): void {
    watch.release();
    this.#watches.delete(watch.id);
    watch.listener.onEnd(error);
  }

  #receive(data: RawData): void {
    const { result } = parse(data);
    // an answer that is none, or a refusal without a watch: begin again
    if (!result) return this.#socket?.terminate();
    this.#pauseMs = FIRST_PAUSE_MS;
    const id = number(result.watch_id);
    if (id !== -1) return this.#tell(this.#watches.get(id), result);
    if (result.canceled) return this.#socket?.terminate();
    for (const watch of this.#watches.values()) this.#progress(watch, revisionOf(result));
  }

  #tell(watch: ActiveWatch | undefined, result: WireWatchResult): void {
    if (!watch) return;
    if (result.canceled) return this.#onCanceled(watch, result);
    if (result.created) return this.#onCreated(watch, revisionOf(result));
    if (!result.events?.length) return this.#progress(watch, revisionOf(result));
    const events = result.events.map((event) => this.#decoder.event(event));
    // the header may be ahead of what a replay has told so far
    const { modRevision } = events.at(-1)!.kv;
    watch.next = modRevision + 1;
    watch.listener.onEvents(events, modRevision);
  }

  #onCreated(watch: ActiveWatch, revision: number): void {
    watch.release();
    if (watch.next === 0) watch.next = revision + 1;
    if (watch.wasCreated) return;
    watch.wasCreated = true;
    watch.listener.onCreated?.(revision);
  }

  #onCanceled(watch: ActiveWatch, result: WireWatchResult): void {
    if (result.compact_revision === undefined) return this.#socket?.terminate();
    const revision = number(result.compact_revision);
    const message = `history before revision ${revision} has been compacted`;
    this.#end(watch, new StoreError("compacted", message, revision));
  }

  #progress(watch: ActiveWatch, revision: number): void {
    if (revision < watch.next) return watch.listener.onProgress?.(revision);
    watch.next = revision + 1;
    watch.listener.onProgress?.(revision);
  }
}

function parse(data: RawData): { result?: WireWatchResult } {
  try {
    return JSON.parse(data.toString()) as { result?: WireWatchResult };
  } catch {
    return {};
  }
}
