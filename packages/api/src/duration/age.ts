// How long ago something was, for a table cell.

import { humanDuration } from "./human-duration.ts";

/** `5s`; `<unknown>` without a timestamp. */
export function age(timestamp: string | null | undefined, nowMs: number): string {
  if (timestamp === undefined || timestamp === null || timestamp === "") return "<unknown>";
  return humanDuration(nowMs - Date.parse(timestamp));
}
