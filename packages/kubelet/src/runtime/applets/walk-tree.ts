// Everything in and below a path, parents first.

import type { Entry } from "../file-system/file-system.ts";
import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";

export interface Found {
  readonly path: string;
  readonly name: string;
  readonly entry: Entry;
  readonly depth: number;
}

/** @throws ErrnoError when `root` itself is not there */
export function* walkTree(
  process: Process,
  root: string,
  { mostDepth = Infinity, depth = 0 } = {},
): Generator<Found> {
  const entry = process.files.get(root, { followLast: false });
  const name = root.replace(/\/+$/, "").replace(/^.*\//, "") || root;
  yield { path: root, name, entry, depth };
  if (entry.kind !== "directory" || depth >= mostDepth) return;
  for (const child of listed(process, root)) {
    yield* walkTree(process, `${root.replace(/\/$/, "")}/${child}`, {
      mostDepth,
      depth: depth + 1,
    });
  }
}

function listed(process: Process, path: string): string[] {
  try {
    return process.files.list(path);
  } catch (error) {
    if (error instanceof ErrnoError) return [];
    throw error;
  }
}
