// The ports that Services may open on every node, both ends included.
// @see kubernetes pkg/registry/core/service/portallocator/allocator.go

import { integerBelow, type Random } from "@kubonsai/clock";

export class NodePortRange {
  readonly first: number;
  readonly last: number;

  constructor({ first, last }: { first: number; last: number }) {
    this.first = first;
    this.last = last;
  }

  includes(port: number): boolean {
    return port >= this.first && port <= this.last;
  }

  /** A free port; the lower band is left to ports that users choose, as long as the rest lasts. */
  next(random: Random, isTaken: (port: number) => boolean): number | undefined {
    const size = this.last - this.first + 1;
    const band = size < 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
    return this.#scan(random, band, size, isTaken) ?? this.#scan(random, 0, band, isTaken);
  }

  toString(): string {
    return `${this.first}-${this.last}`;
  }

  #scan(random: Random, from: number, to: number, isTaken: (port: number) => boolean) {
    const count = to - from;
    if (count <= 0) return undefined;
    const start = integerBelow(random, count);
    for (let step = 0; step < count; step++) {
      const port = this.first + from + ((start + step) % count);
      if (!isTaken(port)) return port;
    }
    return undefined;
  }
}
