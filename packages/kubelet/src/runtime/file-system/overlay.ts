// Copy-on-write over an immutable tree. Until something is written an overlay is one small object:
// directories and files of the lower tree are shown through handles made on the way.

import type { Directory, Entry, File, Metadata } from "./file-system.ts";
import { MemoryDirectory, MemoryFile, MemorySymlink } from "./memory.ts";

const WHITEOUT = Symbol("whiteout");

/** What was changed in one directory of the lower tree. */
interface Changes {
  meta?: Metadata;
  entries: Map<string, Entry | typeof WHITEOUT>;
}

/** A container's own layer: changes by the path of the lower directory in which they happened. */
export class OverlayLayer {
  readonly root: Directory;
  #changes: Map<string, Changes> | undefined;

  constructor(lower: Directory) {
    this.root = new OverlayDirectory(this, "", lower);
  }

  changesOf(path: string): Changes | undefined {
    return this.#changes?.get(path);
  }

  change(path: string): Changes {
    this.#changes ??= new Map();
    let changes = this.#changes.get(path);
    if (!changes) this.#changes.set(path, (changes = { entries: new Map() }));
    return changes;
  }

  /** Forgets what was changed below a directory that is gone. */
  forget(path: string): void {
    for (const key of this.#changes?.keys() ?? []) {
      if (key === path || key.startsWith(`${path}/`)) this.#changes?.delete(key);
    }
  }

  /** Bytes written since the layer was made. */
  get size(): number {
    let total = 0;
    for (const { entries } of this.#changes?.values() ?? []) {
      for (const entry of entries.values()) if (entry !== WHITEOUT) total += sizeOf(entry);
    }
    return total;
  }
}

/** Bytes of all files in and below an entry. */
export function sizeOf(entry: Entry): number {
  if (entry.kind === "file") return entry.size;
  if (entry.kind === "symlink") return 0;
  let total = 0;
  for (const name of entry.names()) total += sizeOf(entry.get(name)!);
  return total;
}

/** A handle on a lower directory: it holds no state, so any number may exist. */
class OverlayDirectory implements Directory {
  readonly kind = "directory";
  readonly #layer: OverlayLayer;
  readonly #path: string;
  readonly #lower: Directory;

  constructor(layer: OverlayLayer, path: string, lower: Directory) {
    this.#layer = layer;
    this.#path = path;
    this.#lower = lower;
  }

  get meta(): Metadata {
    const own = this.#layer.changesOf(this.#path)?.meta;
    if (own) return own;
    return new CopyUpMetadata(this.#lower.meta, () => {
      const changes = this.#layer.change(this.#path);
      return (changes.meta ??= { ...this.#lower.meta });
    });
  }

  get(name: string): Entry | undefined {
    const changed = this.#layer.changesOf(this.#path)?.entries.get(name);
    if (changed === WHITEOUT) return undefined;
    if (changed) return changed;
    const below = this.#lower.get(name);
    if (below?.kind === "directory") {
      return new OverlayDirectory(this.#layer, `${this.#path}/${name}`, below);
    }
    if (below?.kind === "file") return new OverlayFile(this.#layer, this.#path, name, below);
    return below;
  }

  set(name: string, entry: Entry): void {
    if (entry instanceof OverlayFile) entry = entry.copyUp();
    if (entry instanceof OverlayDirectory) entry = copyTree(entry);
    this.#layer.change(this.#path).entries.set(name, entry);
  }

  delete(name: string): boolean {
    if (!this.get(name)) return false;
    const { entries } = this.#layer.change(this.#path);
    if (this.#lower.get(name)) entries.set(name, WHITEOUT);
    else entries.delete(name);
    this.#layer.forget(`${this.#path}/${name}`);
    return true;
  }

  *names(): Iterable<string> {
    const entries = this.#layer.changesOf(this.#path)?.entries;
    for (const name of this.#lower.names()) {
      if (entries?.get(name) !== WHITEOUT) yield name;
    }
    for (const [name, entry] of entries ?? []) {
      if (entry !== WHITEOUT && !this.#lower.get(name)) yield name;
    }
  }
}

/** A handle on a lower file: the first write makes the container's own copy. */
class OverlayFile implements File {
  readonly kind = "file";
  readonly #layer: OverlayLayer;
  readonly #directory: string;
  readonly #name: string;
  readonly #lower: File;

  constructor(layer: OverlayLayer, directory: string, name: string, lower: File) {
    this.#layer = layer;
    this.#directory = directory;
    this.#name = name;
    this.#lower = lower;
  }

  get meta(): Metadata {
    const current = this.#current();
    if (current !== this.#lower) return current.meta;
    return new CopyUpMetadata(this.#lower.meta, () => this.copyUp().meta);
  }

  get size(): number {
    return this.#current().size;
  }

  read(): Uint8Array {
    return this.#current().read();
  }

  write(content: Uint8Array): void {
    this.copyUp().write(content);
  }

  append(content: Uint8Array): void {
    this.copyUp().append(content);
  }

  copyUp(): File {
    const current = this.#current();
    if (current !== this.#lower) return current;
    const copy = new MemoryFile(this.#lower.read(), { ...this.#lower.meta });
    this.#layer.change(this.#directory).entries.set(this.#name, copy);
    return copy;
  }

  #current(): File {
    const changed = this.#layer.changesOf(this.#directory)?.entries.get(this.#name);
    return changed && changed !== WHITEOUT && changed.kind === "file" ? changed : this.#lower;
  }
}

/** A tree of its own with the same content; used when a directory of the lower tree moves. */
export function copyTree(from: Directory): MemoryDirectory {
  const copy = new MemoryDirectory({ ...from.meta });
  for (const name of from.names()) {
    const entry = from.get(name)!;
    if (entry.kind === "directory") copy.set(name, copyTree(entry));
    else if (entry.kind === "symlink") copy.set(name, new MemorySymlink(entry.target));
    else copy.set(name, new MemoryFile(entry.read(), { ...entry.meta }));
  }
  return copy;
}

/** Shows the lower metadata; the first assignment goes to the copy that `own` makes. */
class CopyUpMetadata implements Metadata {
  readonly #lower: Metadata;
  readonly #own: () => Metadata;

  constructor(lower: Metadata, own: () => Metadata) {
    this.#lower = lower;
    this.#own = own;
  }

  get mode(): number {
    return this.#lower.mode;
  }
  set mode(mode: number) {
    this.#own().mode = mode;
  }
  get uid(): number {
    return this.#lower.uid;
  }
  set uid(uid: number) {
    this.#own().uid = uid;
  }
  get gid(): number {
    return this.#lower.gid;
  }
  set gid(gid: number) {
    this.#own().gid = gid;
  }
  get modifiedMs(): number {
    return this.#lower.modifiedMs;
  }
  set modifiedMs(modifiedMs: number) {
    this.#own().modifiedMs = modifiedMs;
  }
}
