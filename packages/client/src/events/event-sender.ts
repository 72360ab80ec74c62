// Sends recorded events in the background: in order for each object, several objects at once.

import { isReason, StatusError } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import type { Logger } from "../logger.ts";

export interface EventSender {
  /** `send` is called after all earlier ones of the same `key` have ended. Never throws. */
  enqueue(key: string, send: () => Promise<void>): void;
  /** Resolves when everything enqueued so far was sent or given up. */
  flush(): Promise<void>;
  /** Flushes; what cannot be sent is given up after one more try. */
  stop(): Promise<void>;
}

const SENT_AT_ONCE = 16;
const MOST_QUEUED = 10_000;
const MOST_TRIES = 12;
const RETRY_DELAY_MS = 10_000;

export function createEventSender({ clock, log }: { clock: Clock; log: Logger }): EventSender {
  return new OrderedSender(clock, log);
}

class OrderedSender implements EventSender {
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Waiting sends by key; a key is here from its first send to the end of its last. */
  readonly #rows = new Map<string, (() => Promise<void>)[]>();
  readonly #ready: string[] = [];
  readonly #stopping = new AbortController();
  #queued = 0;
  #running = 0;
  #idle: (() => void)[] = [];

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  enqueue(key: string, send: () => Promise<void>): void {
    if (this.#queued >= MOST_QUEUED) {
      return this.#log.error({ key }, "too many events wait to be sent, one was dropped");
    }
    this.#queued++;
    const row = this.#rows.get(key);
    if (row) {
      row.push(send);
      return;
    }
    this.#rows.set(key, [send]);
    this.#ready.push(key);
    this.#startNext();
  }

  flush(): Promise<void> {
    if (this.#rows.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  stop(): Promise<void> {
    this.#stopping.abort();
    return this.flush();
  }

  #startNext(): void {
    while (this.#running < SENT_AT_ONCE && this.#ready.length > 0) {
      this.#running++;
      void this.#sendFirst(this.#ready.shift()!);
    }
  }

  async #sendFirst(key: string): Promise<void> {
    const row = this.#rows.get(key)!;
    await this.#trySending(row[0]!);
    row.shift();
    this.#queued--;
    this.#running--;
    if (row.length > 0) this.#ready.push(key);
    else this.#rows.delete(key);
    this.#startNext();
    if (this.#rows.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** A refusal is final; a server that cannot be reached is tried again. */
  async #trySending(send: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await send();
      } catch (error) {
        if (error instanceof StatusError) return this.#refused(error);
        if (tries >= MOST_TRIES || this.#stopping.signal.aborted) {
          return this.#log.error({ err: error }, "an event could not be sent and was dropped");
        }
        await this.#clock.sleep(RETRY_DELAY_MS, this.#stopping.signal);
      }
    }
  }

  #refused(error: StatusError): void {
    const causes = error.status.details?.causes ?? [];
    const isExpected =
      isReason(error, "AlreadyExists") ||
      causes.some((one) => one.reason === "NamespaceTerminating");
    this.#log[isExpected ? "debug" : "error"]({ err: error }, "the server refused an event");
  }
}
