// System calls on files for one caller: permissions, times and error codes as the kernel has them.

import { ErrnoError, type Errno } from "./errno.ts";
import type { Directory, Entry, File, Metadata } from "./file-system.ts";
import { allows, type Caller, type FileTree, type Place, type WalkOptions } from "./file-tree.ts";
import { MemoryDirectory, MemoryFile, MemorySymlink } from "./memory.ts";

const READ = 4;
const WRITE = 2;

/** A caller that also makes entries. */
export interface FilesCaller extends Caller {
  readonly umask: number;
  now(): number;
}

/** Every path is absolute or relative to the caller's working directory; failures are ErrnoError. */
export class Files {
  readonly #tree: FileTree;
  readonly #caller: FilesCaller;

  constructor(tree: FileTree, caller: FilesCaller) {
    this.#tree = tree;
    this.#caller = caller;
  }

  walk(path: string, options?: WalkOptions): Place {
    return this.#tree.walk(this.#caller, path, options);
  }

  /** The entry behind a path. @throws ErrnoError ENOENT when there is none */
  get(path: string, options?: WalkOptions): Entry {
    return present(this.walk(path, options).entry);
  }

  /** @returns undefined instead of an error */
  find(path: string, options?: WalkOptions): Entry | undefined {
    try {
      return this.walk(path, options).entry;
    } catch (error) {
      if (error instanceof ErrnoError) return undefined;
      throw error;
    }
  }

  exists(path: string): boolean {
    return this.find(path) !== undefined;
  }

  /** Like access(2); `wanted` is a mask of 4, 2 and 1. */
  allows(path: string, wanted: number): boolean {
    const entry = this.find(path);
    if (!entry) return false;
    const isRootRunning = this.#caller.uid === 0 && wanted & 1 && entry.kind === "file";
    if (isRootRunning && (entry.meta.mode & 0o111) === 0) return false;
    return allows(this.#caller, entry.meta, wanted);
  }

  /** Absolute and without symbolic links. */
  realPath(path: string): string {
    const place = this.walk(path);
    present(place.entry);
    return place.path;
  }

  file(path: string, wanted = READ): File {
    const entry = this.get(path);
    if (entry.kind === "directory") throw new ErrnoError("EISDIR");
    this.#demand(entry.meta, wanted);
    return entry as File;
  }

  directory(path: string): Directory {
    const entry = this.get(path);
    if (entry.kind !== "directory") throw new ErrnoError("ENOTDIR");
    return entry;
  }

  read(path: string): Uint8Array {
    return this.file(path).read();
  }

  readText(path: string): string {
    return Buffer.from(this.read(path)).toString();
  }

  /** Sorted by bytes, without `.` and `..`. */
  list(path: string): string[] {
    const directory = this.directory(path);
    this.#demand(directory.meta, READ);
    return [...directory.names()].sort();
  }

  write(path: string, content: Uint8Array | string): void {
    this.create(path, { truncate: false }).write(bytesOf(content));
  }

  append(path: string, content: Uint8Array | string): void {
    this.create(path, { truncate: false }).append(bytesOf(content));
  }

  /** Opens for writing, making the file when it is missing. */
  create(path: string, { truncate = true, exclusive = false, mode = 0o666 } = {}): File {
    const place = this.walk(path);
    const { entry } = place;
    if (entry && exclusive) throw new ErrnoError("EEXIST");
    if (entry?.kind === "directory") throw new ErrnoError("EISDIR");
    if (!entry) return this.#make(place, new MemoryFile(undefined, this.#meta(mode)));
    this.#demand(entry.meta, WRITE);
    this.#demandWritable(place);
    const file = entry as File;
    if (truncate && file.size > 0) {
      file.write(new Uint8Array(0));
      file.meta.modifiedMs = this.#caller.now();
    }
    return file;
  }

  makeDirectory(path: string, mode = 0o777): void {
    const place = this.#placeToMake(path);
    if (place.entry) throw new ErrnoError("EEXIST");
    this.#make(place, new MemoryDirectory(this.#meta(mode)));
  }

  /** `mkdir -p`. */
  makeDirectories(path: string, mode = 0o777): void {
    let so = path.startsWith("/") ? "/" : "";
    for (const part of path.split("/").filter(Boolean)) {
      so += part;
      const entry = this.find(so);
      if (!entry) this.makeDirectory(so, mode);
      else if (entry.kind !== "directory") throw new ErrnoError("ENOTDIR");
      so += "/";
    }
  }

  makeSymlink(target: string, path: string): void {
    const place = this.#placeToMake(path);
    if (place.entry) throw new ErrnoError("EEXIST");
    this.#make(place, new MemorySymlink(target, { ...this.#meta(0o777), mode: 0o777 }));
  }

  link(from: string, to: string): void {
    const source = this.get(from, { followLast: false });
    if (source.kind === "directory") throw new ErrnoError("EPERM");
    const place = this.#placeToMake(to);
    if (place.entry) throw new ErrnoError("EEXIST");
    this.#make(place, source);
  }

  /** Removes a file or symbolic link. */
  remove(path: string): void {
    const place = this.walk(path, { followLast: false });
    const entry = present(place.entry);
    if (entry.kind === "directory") throw new ErrnoError("EISDIR");
    this.#detach(place);
  }

  removeDirectory(path: string): void {
    const place = this.walk(path, { followLast: false });
    const entry = present(place.entry);
    if (entry.kind !== "directory") throw new ErrnoError("ENOTDIR");
    if (place.isMountPoint) throw new ErrnoError("EBUSY");
    for (const _name of entry.names()) throw new ErrnoError("ENOTEMPTY");
    this.#detach(place);
  }

  rename(from: string, to: string): void {
    const source = this.walk(from, { followLast: false });
    const entry = present(source.entry);
    const target = this.#placeToMake(to);
    if (source.path === target.path) return;
    if (target.path.startsWith(`${source.path}/`)) throw new ErrnoError("EINVAL");
    if (this.#volumeOf(source.path) !== this.#volumeOf(target.path)) throw new ErrnoError("EXDEV");
    this.#demandReplaceable(entry, target.entry);
    this.#demandWritable(target);
    this.#demand(target.parent.meta, WRITE);
    this.#demandMayRemove(source);
    target.parent.set(target.name, entry);
    source.parent.delete(source.name);
    this.#touch(source.parent, target.parent);
  }

  /** Metadata to change; only the owner and root may. */
  ownMeta(path: string, options?: WalkOptions): Metadata {
    const place = this.walk(path, options);
    const entry = present(place.entry);
    this.#demandWritable(place);
    if (this.#caller.uid !== 0 && this.#caller.uid !== entry.meta.uid)
      throw new ErrnoError("EPERM");
    return entry.meta;
  }

  changeOwner(path: string, owner: { uid?: number; gid?: number }, options?: WalkOptions): void {
    const meta = this.ownMeta(path, options);
    const isGiving = owner.uid !== undefined && owner.uid !== meta.uid;
    if (isGiving && this.#caller.uid !== 0) throw new ErrnoError("EPERM");
    if (owner.uid !== undefined) meta.uid = owner.uid;
    if (owner.gid !== undefined) meta.gid = owner.gid;
  }

  #placeToMake(path: string): Place {
    const trimmed = path.replace(/\/+$/, "") || path;
    return this.walk(trimmed, { followLast: false });
  }

  #make<E extends Entry>(place: Place, entry: E): E {
    this.#demandWritable(place);
    if (!allows(this.#caller, place.parent.meta, WRITE | 1)) throw new ErrnoError("EACCES");
    place.parent.set(place.name, entry);
    this.#touch(place.parent);
    return entry;
  }

  #detach(place: Place): void {
    if (place.isMountPoint) throw new ErrnoError("EBUSY");
    this.#demandMayRemove(place);
    place.parent.delete(place.name);
    this.#touch(place.parent);
  }

  #demandMayRemove(place: Place): void {
    if (place.isMountPoint) throw new ErrnoError("EBUSY");
    this.#demandWritable(place);
    const { meta } = place.parent;
    if (!allows(this.#caller, meta, WRITE | 1)) throw new ErrnoError("EACCES");
    const { uid } = this.#caller;
    const isSticky = (meta.mode & 0o1000) !== 0 && uid !== 0;
    if (isSticky && uid !== meta.uid && uid !== place.entry?.meta.uid) {
      throw new ErrnoError("EPERM");
    }
  }

  #demandReplaceable(moved: Entry, there: Entry | undefined): void {
    if (!there) return;
    if (there.kind === "directory") {
      if (moved.kind !== "directory") throw new ErrnoError("EISDIR");
      for (const _name of there.names()) throw new ErrnoError("ENOTEMPTY");
    } else if (moved.kind === "directory") {
      throw new ErrnoError("ENOTDIR");
    }
  }

  /** The mount point that a path lies under: renaming across is EXDEV. */
  #volumeOf(path: string): string {
    for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      if (this.#tree.mountAt(at)) return at;
    }
    return "/";
  }

  #demandWritable(place: Place): void {
    if (place.readOnly) throw new ErrnoError("EROFS");
  }

  #demand(meta: Metadata, wanted: number): void {
    if (!allows(this.#caller, meta, wanted)) throw new ErrnoError("EACCES");
  }

  #meta(mode: number): Metadata {
    const { uid, gid } = this.#caller;
    return { mode: mode & ~this.#caller.umask, uid, gid, modifiedMs: this.#caller.now() };
  }

  #touch(...directories: Directory[]): void {
    for (const { meta } of directories) meta.modifiedMs = this.#caller.now();
  }
}

function present(entry: Entry | undefined): Entry {
  if (!entry) throw new ErrnoError("ENOENT");
  return entry;
}

export function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === "string" ? Buffer.from(content) : content;
}

/** The code of a failed system call, for programs that treat some of them as an answer. */
export function errnoOf(error: unknown): Errno | undefined {
  return error instanceof ErrnoError ? error.code : undefined;
}
