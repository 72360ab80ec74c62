// The open answer of a watch. What falls due in one turn of the event loop is written at once: a write
// over TLS costs more than ten events.

import { standingHeaders } from "../answer/send.ts";
import { statusOf } from "../answer/send-error.ts";
import type { Call } from "../call.ts";
import type { Stored, WatchSink } from "../registry/registry.ts";
import type { EventLines } from "./event-lines.ts";

/** A reader that lets this much pile up is cut off; it resumes from where it was. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

export class WatchStream implements WatchSink {
  readonly #call: Call;
  readonly #lines: EventLines;
  readonly #onEnd: () => void;
  #waiting: Buffer[] = [];
  #isScheduled = false;
  #isOpen = false;
  #isOver = false;

  /** @param onEnd called once, when no more events are wanted */
  constructor(call: Call, lines: EventLines, onEnd: () => void) {
    this.#call = call;
    this.#lines = lines;
    this.#onEnd = onEnd;
  }

  /** Sends the header and what has come meanwhile. */
  open(): void {
    const { response } = this.#call;
    if (this.#isOver && response.destroyed) return;
    this.#isOpen = true;
    response.writeHead(200, {
      ...standingHeaders(this.#call),
      "Content-Type": "application/json",
      "Transfer-Encoding": "chunked",
    });
    response.flushHeaders();
    this.#schedule();
  }

  event(
    type: Parameters<WatchSink["event"]>[0],
    stored: Stored | undefined,
    resourceVersion: string,
    initialEventsEnd = false,
  ): void {
    if (this.#isOver) return;
    const line = stored
      ? this.#lines.ofObject(type, stored)
      : this.#lines.ofBookmark(resourceVersion, initialEventsEnd);
    this.#waiting.push(line);
    this.#schedule();
  }

  end(error?: Error): void {
    if (this.#isOver) return;
    if (error) {
      const object = statusOf(this.#call, error);
      this.#waiting.push(Buffer.from(`${JSON.stringify({ type: "ERROR", object })}\n`));
    }
    this.#isOver = true;
    this.#schedule();
    this.#onEnd();
  }

  #schedule(): void {
    if (this.#isScheduled || !this.#isOpen) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const { response } = this.#call;
    if (response.destroyed || response.writableEnded) return;
    if (this.#waiting.length > 0) {
      response.write(this.#waiting.length === 1 ? this.#waiting[0]! : Buffer.concat(this.#waiting));
      this.#waiting = [];
    }
    if (this.#isOver) response.end();
    else if (response.writableLength > MOST_WAITING_BYTES) {
      this.#isOver = true;
      this.#onEnd();
      response.destroy();
    }
  }
}
