// Why a body is no JSON, in the words of Go's decoder, which etcd's clients see.

/** What V8 was reading when it stumbled → what Go says it was looking for. */
const PLACES: [RegExp, string][] = [
  [/^Expected property name/, "looking for beginning of object key string"],
  [/^Expected double-quoted property name/, "looking for beginning of object key string"],
  [/^Expected ',' or '}'/, "after object key:value pair"],
  [/^Expected ',' or ']'/, "after array element"],
  [/^Expected ':'/, "after object key"],
  [/^Unexpected non-whitespace character/, "after top-level value"],
  [/^Bad control character/, "in string literal"],
  [/^Bad escaped character/, "in string escape code"],
];

export function jsonErrorText(text: string, error: Error): string {
  const { message } = error;
  if (/^(Unexpected end|Unterminated string)/.test(message)) return "unexpected EOF";
  const position = /at position (\d+)/.exec(message)?.[1];
  const token = /^Unexpected token '?(.)/su.exec(message)?.[1];
  const character = position === undefined ? token : text[Number(position)];
  if (character === undefined) return "unexpected EOF";
  const place = PLACES.find(([pattern]) => pattern.test(message))?.[1];
  return `invalid character '${character}' ${place ?? "looking for beginning of value"}`;
}
