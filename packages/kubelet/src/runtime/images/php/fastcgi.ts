// FastCGI, the protocol between a web server and PHP: records, and the pairs in them.
// A record is version 1, type, request id (2 bytes), length (2), padding, reserved; then its content.

export const BEGIN = 1;
export const END = 3;
export const PARAMS = 4;
export const STDIN = 5;
export const STDOUT = 6;
export const STDERR = 7;

export interface FastCgiRecord {
  type: number;
  content: Buffer;
}

const HEAD = 8;
const LONGEST = 65_535;
const REQUEST_ID = 1;

/** As many records as the content needs; an empty one, which ends its stream, for no content. */
export function encodeRecords(type: number, content: Uint8Array): Buffer {
  const records: Buffer[] = [];
  for (let at = 0; at === 0 || at < content.length; at += LONGEST) {
    const part = content.subarray(at, at + LONGEST);
    const head = Buffer.from([1, type, 0, REQUEST_ID, part.length >> 8, part.length & 0xff, 0, 0]);
    records.push(head, Buffer.from(part));
  }
  return Buffer.concat(records);
}

/** Role 1, a responder; the connection closes after the answer. */
export const BEGIN_RESPONDER = encodeRecords(BEGIN, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]));
/** Status 0, request complete. */
export const END_REQUEST = encodeRecords(END, Buffer.alloc(8));

export class RecordReader {
  #bytes: Buffer = Buffer.alloc(0);

  add(bytes: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
  }

  /** @returns undefined until a whole record is there */
  next(): FastCgiRecord | undefined {
    if (this.#bytes.length < HEAD) return undefined;
    const length = this.#bytes.readUInt16BE(4);
    const end = HEAD + length + this.#bytes[6]!;
    if (this.#bytes.length < end) return undefined;
    const record = { type: this.#bytes[1]!, content: this.#bytes.subarray(HEAD, HEAD + length) };
    this.#bytes = this.#bytes.subarray(end);
    return record;
  }
}

export function encodePairs(pairs: Iterable<readonly [string, string]>): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of pairs) {
    const [nameBytes, valueBytes] = [Buffer.from(name), Buffer.from(value)];
    parts.push(size(nameBytes.length), size(valueBytes.length), nameBytes, valueBytes);
  }
  return Buffer.concat(parts);
}

/** One byte below 128, else four with the highest bit set. */
function size(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((length | 0x80000000) >>> 0);
  return bytes;
}

export function decodePairs(bytes: Buffer): Map<string, string> {
  const pairs = new Map<string, string>();
  let at = 0;
  const length = (): number => {
    const first = bytes[at]!;
    const isLong = first >= 128;
    const found = isLong ? bytes.readUInt32BE(at) & 0x7fffffff : first;
    at += isLong ? 4 : 1;
    return found;
  };
  while (at < bytes.length) {
    const [nameLength, valueLength] = [length(), length()];
    const name = bytes.toString("utf8", at, at + nameLength);
    pairs.set(name, bytes.toString("utf8", at + nameLength, at + nameLength + valueLength));
    at += nameLength + valueLength;
  }
  return pairs;
}
