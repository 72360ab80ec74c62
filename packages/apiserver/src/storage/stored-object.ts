// One version of one object, parsed and serialised at most once, when first asked for.

import type { KubernetesObject } from "@kubonsai/api";
import type { Stored } from "../registry/registry.ts";
import { decode, encode, spliceVersion } from "./codec.ts";

export class StoredObject implements Stored {
  readonly resourceVersion: string;
  readonly revision: number;
  #value: Buffer | undefined;
  #object: KubernetesObject | undefined;
  #bytes: Buffer | undefined;

  /** @param object given, it becomes this version's own and must not be altered any more */
  constructor(value: Buffer, revision: number, object?: KubernetesObject) {
    this.revision = revision;
    this.resourceVersion = String(revision);
    this.#value = value;
    this.#object = object;
    if (object) object.metadata.resourceVersion = this.resourceVersion;
  }

  get object(): KubernetesObject {
    return (this.#object ??= decode(this.#value ?? this.bytes, this.resourceVersion));
  }

  get bytes(): Buffer {
    if (this.#bytes) return this.#bytes;
    this.#bytes = spliceVersion(this.#value!, this.resourceVersion);
    this.#value = undefined;
    return this.#bytes;
  }

  /** The same content as of another revision: the last state of an object that is gone. */
  at(revision: number): StoredObject {
    const object = { ...this.object, metadata: { ...this.object.metadata } };
    return new StoredObject(encode(object), revision, object);
  }
}
