// How far the store is, for servers that share it: what the others wrote must not be missed either.

import type { StoreClient } from "@kubonsai/store";
import { ROOT } from "./keys.ts";
import { asStatus } from "./object-storage.ts";

/** Those who ask while a question is under way share the one after it, which cannot be too old. */
export class NewestRevision {
  readonly #store: StoreClient;
  #asking: Promise<number> | undefined;
  #following: Promise<number> | undefined;

  constructor(store: StoreClient) {
    this.#store = store;
  }

  /** @throws StatusError ServiceUnavailable */
  get(): Promise<number> {
    if (!this.#asking) return this.#ask();
    this.#following ??= this.#asking
      .catch(() => 0)
      .then(() => {
        this.#following = undefined;
        return this.#ask();
      });
    return this.#following;
  }

  #ask(): Promise<number> {
    const asking = this.#revision().finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#asking = asking;
    return asking;
  }

  async #revision(): Promise<number> {
    try {
      return (await this.#store.range({ key: ROOT, keysOnly: true })).revision;
    } catch (error) {
      throw asStatus(error);
    }
  }
}
