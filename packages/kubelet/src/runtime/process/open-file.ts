// Open file descriptions: what a descriptor stands for. Shared by processes, closed by the last.

import type { Process } from "./process.ts";

export type Read = Uint8Array | undefined;

export abstract class OpenFile {
  #users = 1;

  /** Bytes, at most `limit`, or undefined at the end. */
  abstract read(process: Process, limit: number): Read | Promise<Read>;
  abstract write(process: Process, bytes: Uint8Array): void | Promise<void>;

  get isTerminal(): boolean {
    return false;
  }

  share(): this {
    this.#users++;
    return this;
  }

  release(): void {
    if (--this.#users === 0) this.onClose();
  }

  protected onClose(): void {}
}

/** /dev/null: nothing in, nothing out. */
export class NullFile extends OpenFile {
  override read(): Read {
    return undefined;
  }

  override write(): void {}
}
