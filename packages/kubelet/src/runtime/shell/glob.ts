// Path names that match a pattern.

import type { Process } from "../process/process.ts";
import { hasWildcard, patternSource, unescapePattern } from "./pattern.ts";

const MOST_MATCHES = 100_000;

/** @returns sorted paths; empty when none matches */
export function glob(process: Process, pattern: string): string[] {
  const isAbsolute = pattern.startsWith("/");
  const parts = pattern.split("/").filter((part) => part !== "");
  let found = [isAbsolute ? "/" : ""];
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    found = found.flatMap((base) => step(process, base, part, isLast));
    if (found.length > MOST_MATCHES) found.length = MOST_MATCHES;
  }
  if (pattern.endsWith("/")) {
    found = found.filter((path) => isDirectory(process, path)).map((path) => `${path}/`);
  }
  return found.sort();
}

function step(process: Process, base: string, part: string, isLast: boolean): string[] {
  const join = (name: string) =>
    base === "" || base.endsWith("/") ? base + name : `${base}/${name}`;
  if (!hasWildcard(part)) {
    const path = join(unescapePattern(part));
    const isThere = process.files.find(path, { followLast: !isLast }) !== undefined;
    return isThere ? [path] : [];
  }
  if (!isDirectory(process, base || ".")) return [];
  const matcher = new RegExp(`^(?:${patternSource(part)})$`);
  const showsHidden = part.startsWith(".") || part.startsWith("\\.");
  return names(process, base || ".")
    .filter((name) => (showsHidden || !name.startsWith(".")) && matcher.test(name))
    .map(join)
    .filter((path) => isLast || isDirectory(process, path));
}

function names(process: Process, path: string): string[] {
  return process.files.allows(path, 4) ? process.files.list(path) : [];
}

function isDirectory(process: Process, path: string): boolean {
  return process.files.find(path)?.kind === "directory";
}
