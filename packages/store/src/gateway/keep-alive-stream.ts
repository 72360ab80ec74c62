// A stream that prolongs leases: a lease's id in, its time out.

import type { MultiVersionStore } from "../multi-version/multi-version-store.ts";
import { Message } from "../watch/message.ts";
import { longMember, type Body } from "./fields.ts";
import { headerMember } from "./key-value-json.ts";
import type { Stream, Transport } from "./transport.ts";
import { ValueStream } from "./value-stream.ts";

const LARGEST_REQUEST = 4096;

export class KeepAliveStream implements Stream {
  readonly #transport: Transport;
  readonly #store: MultiVersionStore;
  readonly #values = new ValueStream(LARGEST_REQUEST);

  constructor(transport: Transport, { store }: { store: MultiVersionStore }) {
    this.#transport = transport;
    this.#store = store;
  }

  receive(text: string): void {
    try {
      for (const body of this.#values.read(text)) this.#transport.send(this.#answer(body));
    } catch {
      this.#transport.refuse();
    }
  }

  onInputEnd(): void {
    this.#transport.end();
  }

  onDrain(): void {}

  onClose(): void {}

  /** A lease that does not exist has no time left: the member is absent. */
  #answer(body: Body): Message {
    const id = longMember(body, "ID");
    const lease = this.#store.lessor.keepAlive(id);
    const ttl = lease ? `,"TTL":"${lease.ttlSeconds}"` : "";
    const header = headerMember(this.#store.revision);
    return new Message(`{"result":{${header}${id === 0n ? "" : `,"ID":"${id}"`}${ttl}}}`);
  }
}
