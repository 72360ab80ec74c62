// hostPath volumes: a place on the node's own disk, checked or made as its type says.
// @see kubernetes pkg/volume/hostpath/host_path.go

import type { HostPathVolumeSource } from "@kubonsai/api";
import type { Directory, File } from "../runtime/file-system/file-system.ts";
import { MemoryDirectory, MemoryFile, metadata } from "../runtime/file-system/memory.ts";
import { walk } from "./walk.ts";

/** @throws Error in the event's words when the path is not what the type asks for */
export function hostPath(
  root: Directory,
  { path, type = "" }: HostPathVolumeSource,
  nowMs: number,
): Directory | File {
  const found = walk(root, path);
  const isMade = found === undefined && (type === "" || type.endsWith("OrCreate"));
  const entry = isMade ? made(root, { path, type, nowMs }) : found;
  const wanted = type.replace("OrCreate", "");
  if (entry?.kind === "directory" && (wanted === "" || wanted === "Directory")) return entry;
  if (entry?.kind === "file" && (wanted === "" || wanted === "File")) return entry;
  throw new Error(`hostPath type check failed: ${path} is not a ${WORDS[wanted] ?? wanted}`);
}

const WORDS: { [type: string]: string } = {
  Directory: "directory",
  File: "file",
  Socket: "socket file",
  CharDevice: "character device",
  BlockDevice: "block device",
};

/** Missing parents are made too, except for files: their folder must be there. */
function made(
  root: Directory,
  { path, type, nowMs }: { path: string; type: string; nowMs: number },
): Directory | File | undefined {
  if (type === "FileOrCreate") {
    const parent = walk(root, path.replace(/\/[^/]*$/, ""));
    const name = path.replace(/^.*\//, "");
    if (parent?.kind !== "directory") return undefined;
    const file = new MemoryFile(new Uint8Array(0), metadata(0o644, { modifiedMs: nowMs }));
    parent.set(name, file);
    return file;
  }
  const entry = walk(root, path, (parent, name) => {
    const directory = new MemoryDirectory(metadata(0o755, { modifiedMs: nowMs }));
    parent.set(name, directory);
    return directory;
  });
  return entry?.kind === "directory" ? entry : undefined;
}
