// Connections as node streams, for what lives outside the simulation: NodePort, port-forward, HTTP.

import { Duplex } from "node:stream";
import type { Connection } from "./connection.ts";

/** The stream ends and closes with the connection; destroying it resets the other side. */
export function duplexOf(connection: Connection): Duplex {
  const { incoming, outgoing } = connection;
  let isPumping = false;

  const pump = async (): Promise<void> => {
    if (isPumping) return;
    isPumping = true;
    while (!duplex.destroyed) {
      const chunk = incoming.take();
      if (chunk) {
        if (!duplex.push(chunk)) break;
      } else if (incoming.isReadable || incoming.isBroken) {
        duplex.push(null);
        break;
      } else {
        await incoming.changed();
      }
    }
    isPumping = false;
  };

  const duplex = new Duplex({
    allowHalfOpen: true,
    read: () => void pump(),
    write(chunk: Uint8Array, _encoding, done) {
      if (outgoing.isBroken) return done(brokenPipe());
      outgoing.put(chunk);
      void untilRoom(connection).then(() => done());
    },
    final(done) {
      outgoing.endWriting();
      done();
    },
    destroy(error, done) {
      outgoing.endWriting();
      incoming.endReading();
      done(error);
    },
  });
  return duplex;
}

async function untilRoom({ outgoing }: Connection): Promise<void> {
  while (outgoing.isFull && !outgoing.isBroken) await outgoing.changed();
}

function brokenPipe(): Error {
  return Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
}

/** Two streams that are each other's other end, with back-pressure. */
export function duplexPair(): [Duplex, Duplex] {
  const first: Duplex = new HalfPair(() => second as HalfPair);
  const second: Duplex = new HalfPair(() => first as HalfPair);
  return [first, second];
}

class HalfPair extends Duplex {
  readonly #other: () => HalfPair;
  #resume: (() => void) | undefined;

  constructor(other: () => HalfPair) {
    super({ allowHalfOpen: true });
    this.#other = other;
  }

  override _read(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    const other = this.#other();
    if (other.destroyed) return done(brokenPipe());
    if (other.push(chunk)) done();
    else other.#resume = done;
  }

  override _final(done: () => void): void {
    this.#other().push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const other = this.#other();
    if (!other.destroyed && !this.writableFinished) queueMicrotask(() => other.destroy());
    this.#resume?.();
    done(error);
  }
}
