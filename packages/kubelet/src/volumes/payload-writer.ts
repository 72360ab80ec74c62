// Writes a payload so that readers see the old files or the new ones, never a mixture: files lie in
// a folder named for the time, `..data` points to it, and each name in the volume points through
// `..data`.
// @see kubernetes pkg/volume/util/atomic_writer.go

import type { Directory } from "../runtime/file-system/file-system.ts";
import {
  MemoryDirectory,
  MemoryFile,
  MemorySymlink,
  metadata,
} from "../runtime/file-system/memory.ts";
import type { Payload } from "./payload.ts";
import { partsOf, walk } from "./walk.ts";

const DATA = "..data";

export function writePayload(volume: Directory, payload: Payload, nowMs: number): void {
  const current = volume.get(DATA);
  const old = current?.kind === "symlink" ? current.target : undefined;
  if (old !== undefined && isSame(volume, payload)) return;
  const folder = folderName(nowMs);
  volume.set(folder, filesOf(payload, nowMs));
  volume.delete(DATA);
  volume.set(DATA, new MemorySymlink(folder));
  const names = new Set([...payload.keys()].map((path) => partsOf(path)[0]!));
  for (const name of [...volume.names()]) {
    if (!name.startsWith("..") && !names.has(name)) volume.delete(name);
  }
  for (const name of names) {
    if (!volume.get(name)) volume.set(name, new MemorySymlink(`${DATA}/${name}`));
  }
  if (old !== undefined && old !== folder) volume.delete(old);
}

function isSame(volume: Directory, payload: Payload): boolean {
  const data = walk(volume, DATA);
  if (data?.kind !== "directory" || countFiles(data) !== payload.size) return false;
  for (const [path, { bytes, mode }] of payload) {
    const file = walk(data, path);
    if (file?.kind !== "file" || file.meta.mode !== mode) return false;
    if (Buffer.compare(file.read(), bytes) !== 0) return false;
  }
  return true;
}

function countFiles(directory: Directory): number {
  let count = 0;
  for (const name of directory.names()) {
    const entry = directory.get(name);
    count += entry?.kind === "directory" ? countFiles(entry) : 1;
  }
  return count;
}

function filesOf(payload: Payload, nowMs: number): Directory {
  const root = new MemoryDirectory(metadata(0o755, { modifiedMs: nowMs }));
  for (const [path, { bytes, mode }] of payload) {
    const parts = partsOf(path);
    const name = parts.pop()!;
    const parent = walk(root, parts.join("/"), (directory, part) => {
      const made = new MemoryDirectory(metadata(0o755, { modifiedMs: nowMs }));
      directory.set(part, made);
      return made;
    });
    if (parent?.kind !== "directory") throw new Error(`${path} lies below a file`);
    parent.set(name, new MemoryFile(bytes, metadata(mode, { modifiedMs: nowMs })));
  }
  return root;
}

/** `..2026_01_02_03_04_05.006000000` */
function folderName(nowMs: number): string {
  const text = new Date(nowMs).toISOString().slice(0, 23).replace(/[-:T]/g, "_");
  return `..${text}000000`;
}
