// Standard base64, padded, as Go reads it: other text is refused with the position at which Go stops.

import { invalid } from "./invalid.ts";

const EMPTY = Buffer.alloc(0);
const ALPHABET = /[A-Za-z0-9+/]/;

/** @throws EtcdError */
export function decodeBase64(text: string): Buffer {
  if (text === "") return EMPTY;
  const bytes = Buffer.from(text, "base64");
  // a shorter result than the text promises means that something was skipped
  if (text.length % 4 === 0 && bytes.length === promised(text) && !isForUrls(text)) return bytes;
  const withoutBreaks = text.replace(/[\r\n]/g, "");
  if (withoutBreaks.length !== text.length) return decodeBase64(withoutBreaks);
  throw invalid(`illegal base64 data at input byte ${whereGoStops(text)}`);
}

function promised(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

/** Node takes the alphabet for URLs, too. */
const isForUrls = (text: string): boolean => text.includes("-") || text.includes("_");

function whereGoStops(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const place = at % 4;
    if (ALPHABET.test(text[at]!)) continue;
    if (text[at] !== "=" || place < 2) return at;
    if (place === 3) return at + 1;
    if (at + 1 === text.length) return text.length;
    return text[at + 1] === "=" ? at + 2 : at;
  }
  return text.length - (text.length % 4);
}
