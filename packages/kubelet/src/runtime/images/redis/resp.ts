// RESP, the Redis protocol (version 2). Bytes are kept as strings of one character per byte, so that
// keys can be map keys and nothing binary is lost.

/** A simple string: `+OK`. */
export class Status {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An error as a reply, its code first: `ERR syntax error`. */
export class Refusal {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** null: no such value; undefined: nothing is answered. */
export type Reply = string | number | null | undefined | Status | Refusal | readonly Reply[];

export const OK = new Status("OK");

/** What a client sent that is no request. */
export class ProtocolError extends Error {}

const LONGEST_BULK = 512 * 1024 * 1024;
const MOST_ARGUMENTS = 1024 * 1024;
const LONGEST_INLINE = 64 * 1024;

export function encode(reply: Reply): string {
  if (reply === undefined) return "";
  if (reply === null) return "$-1\r\n";
  if (typeof reply === "number") return `:${reply}\r\n`;
  if (typeof reply === "string") return `$${reply.length}\r\n${reply}\r\n`;
  if (reply instanceof Status) return `+${reply.text}\r\n`;
  if (reply instanceof Refusal) return `-${reply.text}\r\n`;
  return `*${reply.length}\r\n${reply.map(encode).join("")}`;
}

/** A request as clients send it. */
export function encodeRequest(args: readonly string[]): string {
  return encode(args);
}

/** Takes requests out of a stream of bytes, in either form: arrays or lines. */
export class RequestReader {
  #text = "";
  /** How much must be there before it is worth another look: long values come in many pieces. */
  #needed = 0;

  add(bytes: Uint8Array): void {
    this.#text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  }

  /** @returns undefined until a whole request is there @throws ProtocolError */
  next(): string[] | undefined {
    if (this.#text.length < this.#needed) return undefined;
    this.#needed = 0;
    const end = this.#text.indexOf("\n");
    if (end < 0) {
      if (this.#text.length > LONGEST_INLINE) throw new ProtocolError("too big inline request");
      return undefined;
    }
    if (this.#text.startsWith("*")) return this.#array();
    const line = this.#text.slice(0, end).replace(/\r$/, "");
    this.#text = this.#text.slice(end + 1);
    const words = splitLine(line);
    if (!words) throw new ProtocolError("unbalanced quotes in request");
    return words;
  }

  #array(): string[] | undefined {
    const head = lineAt(this.#text, 0)!;
    const count = countOf(head.line.slice(1), MOST_ARGUMENTS, "invalid multibulk length");
    const args: string[] = [];
    let at = head.next;
    for (let index = 0; index < count; index++) {
      const size = lineAt(this.#text, at);
      if (!size) return undefined;
      if (!size.line.startsWith("$")) {
        throw new ProtocolError(`expected '$', got '${size.line.charAt(0)}'`);
      }
      const length = countOf(size.line.slice(1), LONGEST_BULK, "invalid bulk length");
      const end = size.next + length;
      if (this.#text.length < end + 2) {
        this.#needed = end + 2;
        return undefined;
      }
      args.push(this.#text.slice(size.next, end));
      at = end + 2;
    }
    this.#text = this.#text.slice(at);
    return args;
  }
}

function lineAt(text: string, from: number): { line: string; next: number } | undefined {
  const end = text.indexOf("\r\n", from);
  return end < 0 ? undefined : { line: text.slice(from, end), next: end + 2 };
}

function countOf(digits: string, most: number, refusal: string): number {
  const count = /^-?\d+$/.test(digits) ? Number(digits) : NaN;
  if (!(count <= most) || (count < 0 && refusal.includes("bulk length") && most === LONGEST_BULK)) {
    throw new ProtocolError(refusal);
  }
  return Math.max(0, count);
}

const WORD = /\s*("(?:\\[\s\S]|[^"\\])*"|'(?:\\'|[^'])*'|[^\s"']+)(?=\s|$)/y;
const ESCAPES: { readonly [letter: string]: string } = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  a: "\x07",
};

/** A line as a person types it: words, quotes, `\x41`. @returns undefined for unbalanced quotes */
export function splitLine(line: string): string[] | undefined {
  const words: string[] = [];
  const text = line.trimEnd();
  for (WORD.lastIndex = 0; WORD.lastIndex < text.length;) {
    const word = WORD.exec(text)?.[1];
    if (word === undefined) return undefined;
    words.push(unquoted(word));
  }
  return words;
}

function unquoted(word: string): string {
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("\\'", "'");
  if (!word.startsWith('"')) return word;
  return word
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-fA-F]{2})|([\s\S]))/g, (_whole, hex?: string, letter = "") =>
      hex ? String.fromCharCode(parseInt(hex, 16)) : (ESCAPES[letter] ?? letter),
    );
}

/** Takes replies out of a stream of bytes. */
export class ReplyReader {
  #text = "";

  add(bytes: Uint8Array): void {
    this.#text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  }

  /** @returns undefined until a whole reply is there */
  next(): { reply: Reply } | undefined {
    const found = parseReply(this.#text, 0);
    if (!found) return undefined;
    this.#text = this.#text.slice(found.next);
    return { reply: found.reply };
  }
}

function parseReply(text: string, from: number): { reply: Reply; next: number } | undefined {
  const head = lineAt(text, from);
  if (!head) return undefined;
  const { next } = head;
  const rest = head.line.slice(1);
  switch (head.line.charAt(0)) {
    case "+":
      return { reply: new Status(rest), next };
    case "-":
      return { reply: new Refusal(rest), next };
    case ":":
      return { reply: Number(rest), next };
    case "$":
      return parseBulk(text, next, Number(rest));
    case "*":
      return parseArray(text, next, Number(rest));
    default:
      throw new ProtocolError(`Protocol error, got "${head.line.charAt(0)}" as reply type byte`);
  }
}

function parseBulk(text: string, from: number, length: number) {
  if (length < 0) return { reply: null, next: from };
  if (text.length < from + length + 2) return undefined;
  return { reply: text.slice(from, from + length), next: from + length + 2 };
}

function parseArray(text: string, from: number, count: number) {
  if (count < 0) return { reply: null, next: from };
  const reply: Reply[] = [];
  let next = from;
  for (let index = 0; index < count; index++) {
    const found = parseReply(text, next);
    if (!found) return undefined;
    reply.push(found.reply);
    next = found.next;
  }
  return { reply, next };
}
