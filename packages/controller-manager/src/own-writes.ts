// What a controller wrote and its informer has not shown yet: deciding again from the old copy would
// only lose races with itself.

import type { KubernetesObject } from "@kubonsai/api";
import type { Informer } from "@kubonsai/client";

export class OwnWrites<T extends KubernetesObject> {
  readonly #informer: Informer<T>;
  /** sync key → resourceVersion of the last write made for it */
  readonly #last = new Map<string, string>();

  constructor(informer: Informer<T>) {
    this.#informer = informer;
  }

  /** @param written as the server answered */
  note(key: string, { metadata }: T): void {
    this.#last.set(key, metadata.resourceVersion ?? "");
  }

  /** When false, an event is on its way that will bring the key again. */
  areSeen(key: string): boolean {
    const last = this.#last.get(key);
    if (last === undefined) return true;
    if (!this.#informer.hasReached(last)) return false;
    this.#last.delete(key);
    return true;
  }

  forget(key: string): void {
    this.#last.delete(key);
  }
}
