// What a replica set's own writes will show in the informer soon. Until they do, its pods must not be
// counted again: a pod that was created but not seen yet would be created twice.

import { compareResourceVersions, type Informer } from "@kubonsai/client";
import type { Pod } from "@kubonsai/api";

interface Expected {
  /** resourceVersion of the newest pod created; "" when none was. */
  createdUpTo: string;
  /** Uids of pods whose deletion was asked for. */
  deleting: Set<string>;
}

export class PodExpectations {
  readonly #expected = new Map<string, Expected>();
  readonly #pods: Informer<Pod>;

  constructor(pods: Informer<Pod>) {
    this.#pods = pods;
  }

  expectCreated(key: string, { metadata }: Pod): void {
    const expected = this.#of(key);
    const resourceVersion = metadata.resourceVersion ?? "";
    if (compareResourceVersions(resourceVersion, expected.createdUpTo) > 0) {
      expected.createdUpTo = resourceVersion;
    }
  }

  expectDeleted(key: string, pods: readonly Pod[]): void {
    for (const { metadata } of pods) this.#of(key).deleting.add(metadata.uid ?? "");
  }

  /** The deletion showed, or did not take place. */
  deletionSettled(key: string, { metadata }: Pod): void {
    this.#expected.get(key)?.deleting.delete(metadata.uid ?? "");
  }

  areMet(key: string): boolean {
    const expected = this.#expected.get(key);
    if (!expected) return true;
    const { createdUpTo, deleting } = expected;
    if (deleting.size > 0) return false;
    if (createdUpTo !== "" && !this.#pods.hasReached(createdUpTo)) return false;
    this.#expected.delete(key);
    return true;
  }

  forget(key: string): void {
    this.#expected.delete(key);
  }

  #of(key: string): Expected {
    const known = this.#expected.get(key);
    if (known) return known;
    const fresh: Expected = { createdUpTo: "", deleting: new Set() };
    this.#expected.set(key, fresh);
    return fresh;
  }
}
