// A stream that carries watches: requests in, messages out.

import { canceledAnswer, createdAnswer, progressAnswer, refusedAnswer } from "../watch/answers.ts";
import type { Message } from "../watch/message.ts";
import { OPEN_END } from "../multi-version/entry.ts";
import type { Watch, WatchOutlet, WatchRequest } from "../watch/watch.ts";
import type { WatchedStore, WatchHub } from "../watch/watch-hub.ts";
import { decodeWatch } from "./decode-requests.ts";
import { bodyMember, integerMember, type Body } from "./fields.ts";
import { LARGEST_BODY_BYTES } from "./limits.ts";
import type { Stream, Transport } from "./transport.ts";
import { ValueStream } from "./value-stream.ts";

/** Beyond this the watches of a stream go back to history until it has drained. */
const CONGESTED_BYTES = 4 * 1024 * 1024;
const MOST_WATCHES = 10_000;

export class WatchStream implements Stream, WatchOutlet {
  readonly #transport: Transport;
  readonly #store: WatchedStore;
  readonly #hub: WatchHub;
  readonly #values = new ValueStream(LARGEST_BODY_BYTES);
  readonly #watches = new Map<number, Watch>();
  #nextId = 0;
  #drainWaiters: (() => void)[] = [];
  #owesProgress = false;

  constructor(transport: Transport, { store, hub }: { store: WatchedStore; hub: WatchHub }) {
    this.#transport = transport;
    this.#store = store;
    this.#hub = hub;
  }

  get isCongested(): boolean {
    return this.#transport.bufferedBytes > CONGESTED_BYTES;
  }

  send(message: Message): void {
    this.#transport.send(message);
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

  /** What cannot be read ends the stream without a word, as etcd's gateway does. */
  receive(text: string): void {
    try {
      for (const body of this.#values.read(text)) this.#carryOut(body);
    } catch {
      this.#transport.refuse();
    }
  }

  /** Watches go on. */
  onInputEnd(): void {
    if (this.#watches.size === 0) this.#transport.end();
  }

  onDrain(): void {
    if (this.isCongested) return;
    this.#wake();
  }

  onClose(): void {
    for (const watch of this.#watches.values()) this.#hub.end(watch);
    this.#watches.clear();
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const resolve of waiters) resolve();
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
    const wantedId = integerMember(body, "watch_id");
    const refusal = this.#refusal(request, wantedId);
    if (refusal) return this.send(refusedAnswer(this.#store.revision, refusal));
    const id = wantedId || this.#freeId();
    const watch = this.#hub.create(id, request, this);
    this.#watches.set(id, watch);
    this.send(createdAnswer(this.#store.revision, id));
    this.#hub.begin(watch);
  }

  #refusal({ key, end }: WatchRequest, wantedId: number): string | undefined {
    if (end !== undefined && end !== OPEN_END && end <= key) return "mvcc: watcher range is empty";
    if (wantedId !== 0 && this.#watches.has(wantedId)) {
      return "mvcc: duplicate watch ID provided on the WatchStream";
    }
    if (this.#watches.size < MOST_WATCHES) return undefined;
    return "etcdserver: too many watches on the stream";
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
    this.send(canceledAnswer(this.#store.revision, id));
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
    this.send(progressAnswer(this.#store.revision, -1));
  }
}
