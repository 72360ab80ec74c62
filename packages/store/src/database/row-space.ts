// Room for the rows of one batch, used again for the next but one: rows live as long as it takes to
// give them to LevelDB, which copies them, and memory of their own would keep the garbage collector busy.

const SLAB_BYTES = 512 * 1024;
const MOST_SPARE_SLABS = 4;

/** Where the bytes of a row come from. */
export type Allocate = (bytes: number) => Buffer;

const spare: Buffer[] = [];

export class RowSpace {
  readonly #slab: Buffer;
  #at = 0;

  constructor() {
    this.#slab = spare.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES);
  }

  readonly allocate: Allocate = (bytes) => {
    const end = this.#at + bytes;
    if (end > SLAB_BYTES) return Buffer.allocUnsafe(bytes);
    const room = this.#slab.subarray(this.#at, end);
    this.#at = end;
    return room;
  };

  /** Nobody reads the rows any more. Called once. */
  release(): void {
    if (spare.length < MOST_SPARE_SLABS) spare.push(this.#slab);
  }
}
