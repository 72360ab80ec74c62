// The head of an HTTP request, read only as far as a plain call needs it.

/** A call with a body of known length and nothing out of the ordinary. */
export interface PlainHead {
  path: string;
  bodyAt: number;
  bodyBytes: number;
}

const HEAD_END = Buffer.from("\r\n\r\n");
const LONGEST_HEAD = 8192;
const PLAIN = /^POST (\/[a-z0-9/]+) HTTP\/1\.1\r\n/;
const LENGTH = /\r\ncontent-length: *(\d{1,8})\r\n/i;
/** What only a whole HTTP server can do. */
const SPECIAL =
  /\r\n(?:transfer-encoding|content-encoding|expect|upgrade|connection: *(?!keep-alive\r\n)|content-length:[^\r]*\r\n(?:.*\r\n)*content-length)/i;

/** Undefined: not whole yet; "special": none of a plain call. */
export function readHead(bytes: Buffer): PlainHead | "special" | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return bytes.length > LONGEST_HEAD ? "special" : undefined;
  if (end > LONGEST_HEAD) return "special";
  const text = bytes.toString("latin1", 0, end + 2);
  const path = PLAIN.exec(text)?.[1];
  const length = LENGTH.exec(text)?.[1];
  if (path === undefined || length === undefined || SPECIAL.test(text)) return "special";
  return { path, bodyAt: end + HEAD_END.length, bodyBytes: Number(length) };
}
