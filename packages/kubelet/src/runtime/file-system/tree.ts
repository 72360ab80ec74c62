// Notation for file trees in image definitions:
// `tree({ "/etc/motd": "hello\n", "/tmp/": directory(0o1777), "/bin/sh": link("busybox") })`.

import type { Directory, Entry } from "./file-system.ts";
import { MemoryDirectory, MemoryFile, MemorySymlink, metadata } from "./memory.ts";

/** Image files are dated at a fixed moment, as layers are. */
export const IMAGE_TIME_MS = Date.UTC(2025, 9, 1);

export type Leaf = string | Uint8Array | Entry;

/** Parents are made on the way; a name that ends in `/` with an empty string is a directory. */
export function tree(leaves: { readonly [path: string]: Leaf }, onto = rootDirectory()): Directory {
  for (const [path, leaf] of Object.entries(leaves)) {
    const parts = path.split("/").filter(Boolean);
    const name = parts.pop()!;
    const parent = parts.reduce(enter, onto);
    if (path.endsWith("/") && leaf === "") enter(parent, name);
    else parent.set(name, entryOf(leaf));
  }
  return onto;
}

export function directory(mode = 0o755, owner: { uid?: number; gid?: number } = {}): Entry {
  return new MemoryDirectory(metadata(mode, { ...owner, modifiedMs: IMAGE_TIME_MS }));
}

export function link(target: string): Entry {
  return new MemorySymlink(target, metadata(0o777, { modifiedMs: IMAGE_TIME_MS }));
}

export function file(
  content: string | Uint8Array,
  mode = 0o644,
  modifiedMs: number = IMAGE_TIME_MS,
): Entry {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return new MemoryFile(bytes, metadata(mode, { modifiedMs }));
}

function rootDirectory(): Directory {
  return new MemoryDirectory(metadata(0o755, { modifiedMs: IMAGE_TIME_MS }));
}

function entryOf(leaf: Leaf): Entry {
  return typeof leaf === "string" || leaf instanceof Uint8Array ? file(leaf) : leaf;
}

function enter(parent: Directory, name: string): Directory {
  const there = parent.get(name);
  if (there?.kind === "directory") return there;
  const made = directory() as Directory;
  parent.set(name, made);
  return made;
}
