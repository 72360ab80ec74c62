// A heap of keyed items: the first in order comes off first, any can be taken out by its key.

interface Slot<T> {
  key: string;
  item: T;
}

export class Heap<T> {
  readonly #isBefore: (a: T, b: T) => boolean;
  readonly #slots: Slot<T>[] = [];
  /** Key → index in the heap */
  readonly #places = new Map<string, number>();

  constructor(isBefore: (a: T, b: T) => boolean) {
    this.#isBefore = isBefore;
  }

  get size(): number {
    return this.#slots.length;
  }

  get(key: string): T | undefined {
    const index = this.#places.get(key);
    return index === undefined ? undefined : this.#slots[index]!.item;
  }

  peek(): T | undefined {
    return this.#slots[0]?.item;
  }

  set(key: string, item: T): void {
    this.delete(key);
    this.#slots.push({ key, item });
    this.#places.set(key, this.#slots.length - 1);
    this.#rise(this.#slots.length - 1);
  }

  pop(): T | undefined {
    const first = this.#slots[0];
    if (first) this.delete(first.key);
    return first?.item;
  }

  delete(key: string): T | undefined {
    const index = this.#places.get(key);
    if (index === undefined) return undefined;
    const { item } = this.#slots[index]!;
    this.#swap(index, this.#slots.length - 1);
    this.#slots.pop();
    this.#places.delete(key);
    if (index < this.#slots.length) this.#sink(this.#rise(index));
    return item;
  }

  /** Returns where the item came to rest. */
  #rise(index: number): number {
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(this.#slots[index]!.item, this.#slots[parent]!.item)) break;
      this.#swap(index, parent);
      index = parent;
    }
    return index;
  }

  #sink(index: number): void {
    for (;;) {
      let first = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child >= this.#slots.length) continue;
        if (this.#isBefore(this.#slots[child]!.item, this.#slots[first]!.item)) first = child;
      }
      if (first === index) return;
      this.#swap(index, first);
      index = first;
    }
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#slots[a]!, this.#slots[b]!];
    this.#slots[a] = other;
    this.#slots[b] = one;
    this.#places.set(other.key, a);
    this.#places.set(one.key, b);
  }
}
