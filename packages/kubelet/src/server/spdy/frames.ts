// SPDY/3.1 on the wire: eight bytes of head, then a control frame's body or a stream's data.
// @see SPDY protocol draft 3.1, section 2.2

export const SYN_STREAM = 1;
export const SYN_REPLY = 2;
export const RST_STREAM = 3;
export const PING = 6;
export const GOAWAY = 7;

export const PROTOCOL_ERROR = 1;
export const REFUSED_STREAM = 3;
export const CANCEL = 5;

const VERSION = 0x8003;
const FIN = 1;
const HEAD_BYTES = 8;
const MOST_CONTROL_BYTES = 64 * 1024;
const NOTHING = Buffer.alloc(0);

export interface ControlFrame {
  readonly type: number;
  readonly isLast: boolean;
  readonly body: Buffer;
}

/** Data as it comes: a long frame is told in pieces. */
export interface DataPiece {
  readonly type: "data";
  readonly streamId: number;
  readonly bytes: Buffer;
  /** The sender says no more on this stream. */
  readonly isLast: boolean;
}

export type Frame = ControlFrame | DataPiece;

/** What remains of the data frame that is being read. */
interface OpenData {
  readonly streamId: number;
  readonly isLast: boolean;
  left: number;
}

export class FrameReader {
  #rest: Buffer = NOTHING;
  #data: OpenData | undefined;

  /** The frames that `chunk` completes. @throws Error when it is not SPDY/3 */
  *push(chunk: Buffer): Generator<Frame> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const frame = this.#data ? this.#piece(this.#data) : this.#next();
      if (!frame) return;
      yield frame;
    }
  }

  #next(): Frame | undefined {
    if (this.#rest.length < HEAD_BYTES) return undefined;
    const first = this.#rest.readUInt32BE(0);
    const second = this.#rest.readUInt32BE(4);
    const length = second & 0xffffff;
    const isLast = ((second >>> 24) & FIN) !== 0;
    if (first < 0x80000000) {
      this.#take(HEAD_BYTES);
      return this.#piece((this.#data = { streamId: first, isLast, left: length }));
    }
    if (first >>> 16 !== VERSION) throw new Error("not a SPDY/3 frame");
    if (length > MOST_CONTROL_BYTES) throw new Error("SPDY control frame is too long");
    if (this.#rest.length < HEAD_BYTES + length) return undefined;
    this.#take(HEAD_BYTES);
    return { type: first & 0xffff, isLast, body: this.#take(length) };
  }

  #piece(data: OpenData): DataPiece | undefined {
    if (this.#rest.length === 0 && data.left > 0) return undefined;
    const bytes = this.#take(Math.min(data.left, this.#rest.length));
    data.left -= bytes.length;
    const isWhole = data.left === 0;
    if (isWhole) this.#data = undefined;
    return { type: "data", streamId: data.streamId, bytes, isLast: isWhole && data.isLast };
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}

export function dataHead(streamId: number, length: number, isLast: boolean): Buffer {
  return numbers(streamId, ((isLast ? FIN : 0) << 24) | length);
}

export function controlFrame(type: number, body: Buffer): Buffer {
  return Buffer.concat([numbers(((VERSION << 16) | type) >>> 0, body.length), body]);
}

export const resetFrame = (streamId: number, status: number) =>
  controlFrame(RST_STREAM, numbers(streamId, status));

/** In four bytes each, as SPDY writes them. */
export function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
}
