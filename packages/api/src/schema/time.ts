// Times on the wire: RFC 3339 in UTC, with seconds (Time) or microseconds (MicroTime).
// @see kubernetes apimachinery/pkg/apis/meta/v1/time.go

import { DecodeError } from "./decode-error.ts";

const layouts = {
  time: "2006-01-02T15:04:05Z07:00",
  microTime: "2006-01-02T15:04:05.000000Z07:00",
} as const;

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/** What almost every time looks like: already as it is stored. */
const settled = {
  time: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/,
  microTime:
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/,
} as const;

/**
 * The time as it is stored: UTC, fraction cut to the layout.
 * @throws DecodeError when `text` is no RFC 3339 time
 */
export function normaliseTime(text: string, layout: "time" | "microTime"): string {
  if (settled[layout].test(text)) return text;
  const parts = rfc3339.exec(text);
  const ms = parts === null ? NaN : Date.parse(withoutFraction(parts));
  if (parts === null || Number.isNaN(ms) || !isCalendarDay(parts)) throw unparsable(text, layout);
  const seconds = new Date(ms).toISOString().slice(0, 19);
  if (layout === "time") return `${seconds}Z`;
  return `${seconds}.${(parts[7] ?? "").slice(0, 6).padEnd(6, "0")}Z`;
}

/** Seconds since 1970 and the nanoseconds beyond, as protobuf carries a time. */
export function toUnix(text: string): { seconds: number; nanos: number } {
  const fraction = /[.,](\d+)/.exec(text)?.[1] ?? "";
  return {
    seconds: Math.floor(Date.parse(text) / 1000),
    nanos: Number(fraction.slice(0, 9).padEnd(9, "0")),
  };
}

/** @throws DecodeError outside the years 0 to 9999 */
export function fromUnix(seconds: number, nanos: number, layout: "time" | "microTime"): string {
  const isInRange = seconds >= -62167219200 && seconds <= 253402300799;
  if (!isInRange || nanos < 0 || nanos > 999_999_999) {
    throw new DecodeError(`time ${seconds}.${nanos} is out of range`);
  }
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  if (layout === "time") return `${text}Z`;
  return `${text}.${String(Math.floor(nanos / 1000)).padStart(6, "0")}Z`;
}

const withoutFraction = (parts: RegExpExecArray) =>
  `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}${parts[8]}`;

// Date.parse rolls 31 February over into March.
function isCalendarDay([, year, month, day, hour]: RegExpExecArray): boolean {
  const days = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  return Number(day) <= days && Number(hour) < 24;
}

const unparsable = (text: string, layout: "time" | "microTime") =>
  new DecodeError(
    `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layouts[layout])}: cannot parse ${JSON.stringify(rest(text))} as ${JSON.stringify(expected(text))}`,
  );

const steps: readonly (readonly [part: RegExp, layout: string])[] = [
  [/^\d{4}/, "2006"],
  [/^-/, "-"],
  [/^\d\d/, "01"],
  [/^-/, "-"],
  [/^\d\d/, "02"],
  [/^T/, "T"],
  [/^\d\d/, "15"],
  [/^:/, ":"],
  [/^\d\d/, "04"],
  [/^:/, ":"],
  [/^\d\d(?:[.,]\d+)?/, "05"],
  [/^(?:Z|[+-]\d\d:\d\d)/, "Z07:00"],
];

const rest = (text: string) => firstBad(text).text;
const expected = (text: string) => firstBad(text).layout;

/** Where the text stops looking like a time, and what should stand there. */
function firstBad(text: string): { text: string; layout: string } {
  let left = text;
  for (const [part, layout] of steps) {
    const found = part.exec(left);
    if (found === null) return { text: left, layout };
    left = left.slice(found[0].length);
  }
  return { text: left, layout: "" };
}
