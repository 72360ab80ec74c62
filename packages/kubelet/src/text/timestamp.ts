// Times as API objects and log lines carry them.

export { secondsTimestamp as timestamp } from "@kubonsai/client";

/** RFC 3339 with nanoseconds, as log lines carry it: `2026-01-02T03:04:05.006000000Z` */
export function nanoTimestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000000Z`;
}
