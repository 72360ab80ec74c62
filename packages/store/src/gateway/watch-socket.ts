// A WebSocket that carries watches: requests in, frames out.

import type { WebSocket } from "ws";
import {
  canceledFrame,
  createdFrame,
  duplicateFrame,
  progressFrame,
  refusedFrame,
} from "../watch/frames.ts";
import type { Watch, WatchOutlet } from "../watch/watch.ts";
import type { WatchedStore, WatchHub } from "../watch/watch-hub.ts";
import { decodeWatch } from "./decode-requests.ts";
import { bodyMember, integerMember, parseBody, type Body } from "./fields.ts";

/** Beyond this the watches of a socket go back to history until it has drained. */
const CONGESTED_BYTES = 4 * 1024 * 1024;
const MOST_WATCHES = 10_000;

const FRAME_OPTIONS = { binary: false, compress: false };

export class WatchSocket implements WatchOutlet {
  readonly #socket: WebSocket;
  readonly #store: WatchedStore;
  readonly #hub: WatchHub;
  readonly #watches = new Map<number, Watch>();
  #nextId = 0;
  #drainWaiters: (() => void)[] = [];
  #owesProgress = false;

  constructor(socket: WebSocket, store: WatchedStore, hub: WatchHub) {
    this.#socket = socket;
    this.#store = store;
    this.#hub = hub;
    socket.on("message", (data) => this.#receive(data.toString()));
    socket.on("close", () => this.#close());
    // "close" follows, and says all that there is to say
    socket.on("error", () => socket.terminate());
  }

  get isCongested(): boolean {
    return this.#socket.bufferedAmount > CONGESTED_BYTES;
  }

  send(frame: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(frame, FRAME_OPTIONS, this.#onSent);
  }

  drained(): Promise<void> {
    if (!this.isCongested) return Promise.resolve();
    return new Promise((resolve) => this.#drainWaiters.push(resolve));
  }

  onLive(): void {
    if (this.#owesProgress) this.#tellProgress();
  }

  onEnd(watch: Watch): void {
    this.#watches.delete(watch.id);
  }

  readonly #onSent = (): void => {
    if (this.#drainWaiters.length === 0 || this.isCongested) return;
    this.#wake();
  };

  #wake(): void {
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const resolve of waiters) resolve();
  }

  /** What cannot be read ends the stream without a word, as etcd's gateway does. */
  #receive(text: string): void {
    try {
      this.#carryOut(parseBody(text));
    } catch {
      this.#socket.close(1003);
    }
  }

  #carryOut(body: Body): void {
    const creation = bodyMember(body, "create_request");
    if (creation) return this.#create(creation);
    const cancellation = bodyMember(body, "cancel_request");
    if (cancellation) return this.#cancel(integerMember(cancellation, "watch_id"));
    if (bodyMember(body, "progress_request")) this.#tellProgress();
  }

  #create(body: Body): void {
    const request = decodeWatch(body);
    const { revision } = this.#store;
    const id = integerMember(body, "watch_id") || this.#freeId();
    if (this.#watches.has(id)) return this.send(duplicateFrame(revision));
    if (this.#watches.size >= MOST_WATCHES) {
      return this.send(refusedFrame(revision, "etcdserver: too many watches on the stream"));
    }
    const watch = this.#hub.create(id, request, this);
    this.#watches.set(id, watch);
    this.send(createdFrame(revision, id));
    this.#hub.begin(watch);
  }

  #freeId(): number {
    while (this.#watches.has(this.#nextId)) this.#nextId++;
    return this.#nextId++;
  }

  #cancel(id: number): void {
    const watch = this.#watches.get(id);
    if (!watch) return;
    this.#hub.end(watch);
    this.#watches.delete(id);
    this.send(canceledFrame(this.#store.revision, id));
  }

  /** Only when all watches have been told everything; else as soon as they have. */
  #tellProgress(): void {
    for (const { state } of this.#watches.values()) {
      if (state === "replaying") {
        this.#owesProgress = true;
        return;
      }
    }
    this.#owesProgress = false;
    this.send(progressFrame(this.#store.revision, -1));
  }

  #close(): void {
    for (const watch of this.#watches.values()) this.#hub.end(watch);
    this.#watches.clear();
    this.#wake();
  }
}
