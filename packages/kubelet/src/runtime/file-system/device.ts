// Entries that are not stored: devices and generated files. `stat` shows a device by its kind.

import type { File, Metadata } from "./file-system.ts";
import { ErrnoError } from "./errno.ts";
import { metadata } from "./memory.ts";

/** A file whose content is made when it is read; writing asks `change` or is refused. */
export class GeneratedFile implements File {
  readonly kind = "file";
  readonly meta: Metadata;
  readonly #content: () => string;
  readonly #change: ((text: string) => void) | undefined;

  constructor(content: () => string, mode = 0o444, change?: (text: string) => void) {
    this.meta = metadata(mode);
    this.#content = content;
    this.#change = change;
  }

  get size(): number {
    return 0;
  }

  read(): Uint8Array {
    return Buffer.from(this.#content());
  }

  write(content: Uint8Array): void {
    if (!this.#change) throw new ErrnoError("EACCES");
    if (content.length > 0) this.#change(Buffer.from(content).toString());
  }

  append(content: Uint8Array): void {
    this.write(content);
  }
}

export type DeviceName = "null" | "zero" | "full" | "random" | "tty";

/** An open file of a process: opening it shares that, see process/open-entry.ts. */
export interface DescriptorOf {
  descriptor: number;
  process: { readonly descriptors: readonly unknown[] };
}

/** A character device: opening it gives a stream, see process/open-entry.ts. */
export class DeviceFile implements File {
  readonly kind = "file";
  readonly meta: Metadata;
  readonly device: DeviceName | DescriptorOf;
  readonly size = 0;

  constructor(device: DeviceName | DescriptorOf) {
    this.device = device;
    this.meta = metadata(0o666);
  }

  read(): Uint8Array {
    return new Uint8Array(0);
  }

  write(): void {}

  append(): void {}
}
