// Plain entries in memory: volumes, the node's disk, image layers, what a container writes.

import type { Directory, Entry, File, Metadata, Symlink } from "./file-system.ts";

const NOTHING = new Uint8Array(0);

/** Metadata of root's ownership, unless told otherwise. */
export function metadata(mode: number, given: Partial<Metadata> = {}): Metadata {
  return {
    mode,
    uid: given.uid ?? 0,
    gid: given.gid ?? 0,
    modifiedMs: given.modifiedMs ?? 0,
  };
}

export class MemoryDirectory implements Directory {
  readonly kind = "directory";
  readonly meta: Metadata;
  readonly #entries = new Map<string, Entry>();

  constructor(meta: Metadata = metadata(0o755)) {
    this.meta = meta;
  }

  get(name: string): Entry | undefined {
    return this.#entries.get(name);
  }

  set(name: string, entry: Entry): void {
    this.#entries.set(name, entry);
  }

  delete(name: string): boolean {
    return this.#entries.delete(name);
  }

  names(): Iterable<string> {
    return this.#entries.keys();
  }
}

/** A file whose buffer grows by doubling, so that appending stays cheap. */
export class MemoryFile implements File {
  readonly kind = "file";
  readonly meta: Metadata;
  #buffer: Uint8Array;
  #size: number;

  constructor(content: Uint8Array = NOTHING, meta: Metadata = metadata(0o644)) {
    this.meta = meta;
    this.#buffer = content;
    this.#size = content.length;
  }

  get size(): number {
    return this.#size;
  }

  read(): Uint8Array {
    return this.#buffer.subarray(0, this.#size);
  }

  write(content: Uint8Array): void {
    this.#buffer = content.slice();
    this.#size = content.length;
  }

  append(content: Uint8Array): void {
    const size = this.#size + content.length;
    // a view handed out by read() ends before #size, so writing behind it is safe
    if (size > this.#buffer.length || this.#size === 0) this.#grow(size);
    this.#buffer.set(content, this.#size);
    this.#size = size;
  }

  #grow(size: number): void {
    const grown = new Uint8Array(Math.max(64, size, Math.min(size * 2, size + (1 << 20))));
    grown.set(this.read());
    this.#buffer = grown;
  }
}

export class MemorySymlink implements Symlink {
  readonly kind = "symlink";
  readonly target: string;
  readonly meta: Metadata;

  constructor(target: string, meta: Metadata = metadata(0o777)) {
    this.target = target;
    this.meta = meta;
  }
}
