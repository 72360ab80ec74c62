// An archive as it is read: so many bytes at a time, from a pipe that brings them as it likes.

import { gunzipSync } from "node:zlib";
import type { OpenFile } from "../../process/open-file.ts";
import type { Process } from "../../process/process.ts";
import { chunksOf } from "../input.ts";

const MOST_UNPACKED_BYTES = 512 << 20;

export class ArchiveInput {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Fewer than `count` only at the end. */
  async take(count: number): Promise<Buffer> {
    await this.#hold(count);
    return this.#cut(count);
  }

  /** The next bytes, at most `most` of them; empty at the end. */
  async some(most: number): Promise<Buffer> {
    await this.#hold(1);
    return this.#cut(most);
  }

  /** The next bytes, which stay. */
  async peek(count: number): Promise<Buffer> {
    await this.#hold(count);
    return this.#held.subarray(0, count);
  }

  async #hold(count: number): Promise<void> {
    while (this.#held.length < count) {
      const { value, done } = await this.#chunks.next();
      if (done) return;
      this.#held = Buffer.concat([this.#held, value]);
    }
  }

  #cut(count: number): Buffer {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }
}

/** gzip is recognised by its first bytes. @throws Error when it is broken */
export async function archiveInput(process: Process, file: OpenFile): Promise<ArchiveInput> {
  const input = new ArchiveInput(chunksOf(process, file));
  const start = await input.peek(2);
  if (start[0] !== 0x1f || start[1] !== 0x8b) return input;
  const packed = await input.take(Infinity);
  const plain = gunzipSync(packed, { maxOutputLength: MOST_UNPACKED_BYTES });
  return new ArchiveInput(once(plain));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
