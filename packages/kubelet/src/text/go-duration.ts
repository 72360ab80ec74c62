// Durations as Go prints them: `10s`, `1m20s`, `5m0s`, `1.234s`, `250ms`.

/** @param duration milliseconds, not negative; parts of one are left out */
export function goDuration(duration: number): string {
  const ms = Math.floor(duration);
  if (ms === 0) return "0s";
  if (ms < 1000) return `${ms}ms`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = `${(ms % 60_000) / 1000}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
