// Keys in the order of their bytes, which is not that of JavaScript's strings.

export function byteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export const isInRange = (key: string, first: string, end: string): boolean =>
  byteOrder(key, first) >= 0 && byteOrder(key, end) < 0;
