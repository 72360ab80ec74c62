// An open regular file: an offset into the shared content.

import { ErrnoError } from "../file-system/errno.ts";
import type { File } from "../file-system/file-system.ts";
import { OpenFile, type Read } from "./open-file.ts";
import type { Process } from "./process.ts";

export interface OpenMode {
  read: boolean;
  write: boolean;
  append: boolean;
}

/** One file may hold no more: memory is shared by all simulated machines. */
const LARGEST_FILE = 256 * 1024 * 1024;

export class RegularFile extends OpenFile {
  readonly #file: File;
  readonly #mode: OpenMode;
  #offset = 0;

  constructor(file: File, mode: OpenMode) {
    super();
    this.#file = file;
    this.#mode = mode;
  }

  override read(_process: Process, limit: number): Read {
    if (!this.#mode.read) throw new ErrnoError("EBADF");
    const content = this.#file.read();
    if (this.#offset >= content.length) return undefined;
    const chunk = content.subarray(this.#offset, this.#offset + limit);
    this.#offset += chunk.length;
    return chunk;
  }

  override write(process: Process, bytes: Uint8Array): void {
    if (!this.#mode.write) throw new ErrnoError("EBADF");
    const { size } = this.#file;
    const at = this.#mode.append ? size : this.#offset;
    if (at + bytes.length > LARGEST_FILE) throw new ErrnoError("ENOSPC");
    if (at === size) this.#file.append(bytes);
    else this.#file.write(patched(this.#file.read(), at, bytes));
    this.#offset = at + bytes.length;
    this.#file.meta.modifiedMs = process.world.clock.now();
  }
}

function patched(content: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.max(content.length, at + bytes.length));
  whole.set(content);
  whole.set(bytes, at);
  return whole;
}
