// How redis-cli shows a reply: raw for pipes, with kinds and quotes for people.

import { Refusal, Status, type Reply } from "./resp.ts";

/** Without the newline at the end. */
export function rawText(reply: Reply): string {
  if (reply === null || reply === undefined) return "";
  if (reply instanceof Status) return reply.text;
  if (reply instanceof Refusal) return `${reply.text}\n`;
  if (typeof reply === "object") return reply.map(rawText).join("\n");
  return String(reply);
}

/** As `rawText`; later lines of nested lists are indented. */
export function prettyText(reply: Reply, indent = ""): string {
  if (reply === null || reply === undefined) return "(nil)";
  if (reply instanceof Status) return reply.text;
  if (reply instanceof Refusal) return `(error) ${reply.text}`;
  if (typeof reply === "number") return `(integer) ${reply}`;
  if (typeof reply === "string") return quoted(reply);
  if (reply.length === 0) return "(empty array)";
  const width = String(reply.length).length;
  return reply
    .map((one, index) => {
      const number = `${String(index + 1).padStart(width)}) `;
      const inner = prettyText(one, indent + " ".repeat(number.length));
      return (index === 0 ? "" : indent) + number + inner;
    })
    .join("\n");
}

const ESCAPED: { readonly [letter: string]: string } = {
  "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x07": "\\a", "\b": "\\b",
}; // prettier-ignore

function quoted(text: string): string {
  const inner = text.replace(/[\\"]|[^\x20-\x7e]/g, (letter) => {
    const hex = letter.charCodeAt(0).toString(16).padStart(2, "0");
    return ESCAPED[letter] ?? `\\x${hex}`;
  });
  return `"${inner}"`;
}
