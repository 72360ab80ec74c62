// A read-only directory whose entries are made when they are looked at: /proc, /sys, /dev.

import { ErrnoError } from "./errno.ts";
import type { Directory, Entry, Metadata } from "./file-system.ts";
import { metadata } from "./memory.ts";

export type Makers = { readonly [name: string]: () => Entry };

export class GeneratedDirectory implements Directory {
  readonly kind = "directory";
  readonly meta: Metadata = metadata(0o555);
  readonly #names: () => Iterable<string>;
  readonly #get: (name: string) => Entry | undefined;

  constructor(names: () => Iterable<string>, get: (name: string) => Entry | undefined) {
    this.#names = names;
    this.#get = get;
  }

  static of(makers: Makers): GeneratedDirectory {
    return new GeneratedDirectory(
      () => Object.keys(makers),
      (name) => (Object.hasOwn(makers, name) ? makers[name]!() : undefined),
    );
  }

  get(name: string): Entry | undefined {
    return this.#get(name);
  }

  set(): void {
    throw new ErrnoError("EPERM");
  }

  delete(): boolean {
    throw new ErrnoError("EPERM");
  }

  names(): Iterable<string> {
    return this.#names();
  }
}
