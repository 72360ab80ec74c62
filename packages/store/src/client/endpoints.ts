// The stores that stand for each other, and the one that is used now. All of a client's calls and
// watches follow each other to the next when one cannot be reached.

/** PEM. */
export interface ClientTls {
  ca: string;
  cert?: string;
  key?: string;
}

export class Endpoints {
  readonly all: readonly string[];
  readonly tls: ClientTls | undefined;
  #at = 0;

  constructor(all: readonly string[], tls: ClientTls | undefined) {
    this.all = all;
    this.tls = tls;
  }

  get current(): string {
    return this.all[this.#at]!;
  }

  /** `failed` cannot be reached; somebody else may have gone on already. */
  leave(failed: string): void {
    if (failed === this.current) this.#at = (this.#at + 1) % this.all.length;
  }
}
