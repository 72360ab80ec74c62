// Blocks of names and values as SPDY carries them. One compressor runs through all blocks of a
// connection, so that they must be read in their order.

import { createInflate, type Inflate } from "node:zlib";
import { DICTIONARY, lengthAndText } from "./dictionary.ts";

export type Headers = ReadonlyMap<string, string>;

/** Kubernetes sends a few short ones; more than this is an attack. */
const MOST_BLOCK_BYTES = 64 * 1024;

/** zlib's own two bytes stand before a connection's first block only. */
const STREAM_START = Buffer.from([0x78, 0x01]);
/** An empty stored block: what zlib ends a flush with, and readers wait for. */
const FLUSHED = Buffer.from([0, 0, 0, 0xff, 0xff]);

export class HeaderReader {
  readonly #inflate: Inflate = createInflate({ dictionary: DICTIONARY });
  #inflated: Buffer[] = [];
  #size = 0;
  readonly #failed: Promise<never>;

  constructor() {
    this.#failed = new Promise((_resolve, reject) => this.#inflate.on("error", reject));
    // an error is met by whoever reads next
    this.#failed.catch(() => undefined);
    this.#inflate.on("readable", () => this.#collect());
  }

  /** @throws Error for what cannot be inflated, or is no list of headers */
  async read(block: Buffer): Promise<Headers> {
    const written = new Promise<void>((resolve) => this.#inflate.write(block, () => resolve()));
    await Promise.race([written, this.#failed]);
    this.#collect();
    const bytes = Buffer.concat(this.#inflated);
    this.#inflated = [];
    this.#size = 0;
    return parse(bytes);
  }

  close(): void {
    this.#inflate.destroy();
  }

  #collect(): void {
    let chunk: Buffer | null;
    while ((chunk = this.#inflate.read() as Buffer | null)) {
      this.#inflated.push(chunk);
      this.#size += chunk.length;
      if (this.#size > MOST_BLOCK_BYTES) this.#inflate.destroy(new Error("too many headers"));
    }
  }
}

/** `00000001 00000004 port 00000002 80` */
function parse(bytes: Buffer): Headers {
  const headers = new Map<string, string>();
  let at = 4;
  const text = (): string => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    if (at > bytes.length) throw new RangeError("a header's end is missing");
    return bytes.toString("utf8", at - length, at);
  };
  for (let left = bytes.readUInt32BE(0); left > 0; left--) {
    const name = text().toLowerCase();
    headers.set(name, text());
  }
  return headers;
}

/**
 * Writes blocks without compressing them, which zlib allows: ours are empty or short.
 * @param isFirst of this connection
 */
export function writeHeaders(headers: Headers, isFirst: boolean): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(headers.size);
  const texts = [...headers].flatMap((pair) => pair.map(lengthAndText));
  const block = Buffer.concat([count, ...texts]);
  const stored = Buffer.alloc(5);
  stored.writeUInt16LE(block.length, 1);
  stored.writeUInt16LE(block.length ^ 0xffff, 3);
  return Buffer.concat([...(isFirst ? [STREAM_START] : []), stored, block, FLUSHED]);
}
