// Finds entries below a directory, following symbolic links that stay inside it.

import type { Directory, Entry } from "../runtime/file-system/file-system.ts";

const MOST_LINKS = 40;

/** The names of a path without `.` and empty parts. */
export const partsOf = (path: string) =>
  path.split("/").filter((part) => part !== "" && part !== ".");

/**
 * @param make asked for a name that is missing; undefined ends the walk
 * @returns undefined when there is no such entry
 */
export function walk(
  root: Directory,
  path: string,
  make: (parent: Directory, name: string) => Entry | undefined = () => undefined,
): Entry | undefined {
  const trail: Directory[] = [root];
  const rest = partsOf(path);
  let links = 0;
  while (rest.length > 0) {
    const name = rest.shift()!;
    if (name === "..") {
      if (trail.length > 1) trail.pop();
      continue;
    }
    const parent = trail.at(-1)!;
    const entry = parent.get(name) ?? make(parent, name);
    if (entry?.kind === "symlink") {
      if (++links > MOST_LINKS) return undefined;
      if (entry.target.startsWith("/")) trail.length = 1;
      rest.unshift(...partsOf(entry.target));
    } else if (entry?.kind === "directory") trail.push(entry);
    else return rest.length === 0 ? entry : undefined;
  }
  return trail.at(-1);
}
