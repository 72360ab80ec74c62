// Sizes as people read them: 1.5K, 12M.

export function humanSize(bytes: number): string {
  let value = bytes;
  let unit = "";
  for (const next of ["K", "M", "G", "T"]) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  if (unit === "") return String(value);
  return value < 10
    ? `${(Math.ceil(value * 10) / 10).toFixed(1)}${unit}`
    : `${Math.ceil(value)}${unit}`;
}
