// Which Redis a tag of the official image holds.

export const LATEST_REDIS = "8.2.3";

/** The highest patch of each minor version that was published. */
const LAST_PATCH: { readonly [minor: string]: number } = {
  "2.8": 23, "3.0": 7, "3.2": 12, "4.0": 14, "5.0": 14, "6.0": 20, "6.2": 20, "7.0": 15,
  "7.2": 11, "7.4": 6, "8.0": 4, "8.2": 3,
}; // prettier-ignore

const LAST_MINOR: { readonly [major: string]: string } = {
  "2": "2.8", "3": "3.2", "4": "4.0", "5": "5.0", "6": "6.2", "7": "7.4", "8": "8.2",
}; // prettier-ignore

const VARIANT = /-?(?:alpine(?:3\.\d+)?|bookworm|bullseye|buster|trixie|stretch)$/;

/** @returns undefined when no such version was published */
export function redisVersionOf(tag: string): string | undefined {
  const plain = tag.replace(VARIANT, "");
  if (plain === "" || plain === "latest") return LATEST_REDIS;
  const [, major = "", minor, patch] = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(plain) ?? [];
  const branch = minor === undefined ? own(LAST_MINOR, major) : `${major}.${minor}`;
  const last = own(LAST_PATCH, branch ?? "");
  if (last === undefined || Number(patch ?? 0) > last) return undefined;
  return `${branch}.${patch ?? last}`;
}

function own<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
