// One message of a stream, made once however many streams it goes to: as a line of a streamed HTTP
// answer, and as a text frame of a WebSocket with its head, ready for the wire.

const TEXT_FRAME = 0x81;
const LINE_END = 1;
const SHORT = 126;
const MEDIUM = 65_536;

export class Message {
  /** The JSON and a line end. */
  readonly line: Buffer;
  #frame: Buffer | undefined;

  constructor(json: string) {
    this.line = Buffer.from(`${json}\n`, "latin1");
  }

  get frame(): Buffer {
    return (this.#frame ??= framed(this.line.subarray(0, this.line.length - LINE_END)));
  }
}

/** @see RFC 6455, 5.2: a whole message from a server, not masked */
function framed(payload: Buffer): Buffer {
  const { length } = payload;
  const headBytes = length < SHORT ? 2 : length < MEDIUM ? 4 : 10;
  const frame = Buffer.allocUnsafe(headBytes + length);
  frame[0] = TEXT_FRAME;
  if (headBytes === 2) frame[1] = length;
  else if (headBytes === 4) {
    frame[1] = SHORT;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = SHORT + 1;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame.set(payload, headBytes);
  return frame;
}
