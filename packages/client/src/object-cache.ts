// The informer's copy: objects by key, by namespace and by whatever its indexers say.

import type { KubernetesObject } from "@kubonsai/api";
import { keyOf } from "./object-key.ts";

export type Indexers<T> = { [name: string]: (object: T) => string[] };

const BY_NAMESPACE = "namespace";

export class ObjectCache<T extends KubernetesObject> {
  readonly #objects = new Map<string, T>();
  readonly #indexers: Map<string, (object: T) => string[]>;
  /** index → value → key → object: `node` → `node-1` → `default/web` → the pod */
  readonly #indexes = new Map<string, Map<string, Map<string, T>>>();

  constructor(indexers: Indexers<T> = {}) {
    this.#indexers = new Map(Object.entries(indexers));
    this.#indexers.set(BY_NAMESPACE, ({ metadata }) => [metadata.namespace ?? ""]);
    for (const name of this.#indexers.keys()) this.#indexes.set(name, new Map());
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  keys(): string[] {
    return [...this.#objects.keys()];
  }

  all(): T[] {
    return [...this.#objects.values()];
  }

  inNamespace(namespace: string): T[] {
    return this.byIndex(BY_NAMESPACE, namespace);
  }

  /** @throws Error when there is no such index */
  byIndex(index: string, value: string): T[] {
    const values = this.#indexes.get(index);
    if (!values) throw new Error(`there is no index ${index}`);
    const objects = values.get(value);
    return objects ? [...objects.values()] : [];
  }

  /** Returns what was there before. */
  set(object: T): T | undefined {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    if (old) this.#unindex(key, old);
    this.#objects.set(key, object);
    for (const [name, values] of this.#valuesOf(object)) {
      const index = this.#indexes.get(name)!;
      for (const value of values) {
        const objects = index.get(value);
        if (objects) objects.set(key, object);
        else index.set(value, new Map([[key, object]]));
      }
    }
    return old;
  }

  delete(key: string): T | undefined {
    const old = this.#objects.get(key);
    if (!old) return undefined;
    this.#unindex(key, old);
    this.#objects.delete(key);
    return old;
  }

  #unindex(key: string, old: T): void {
    for (const [name, values] of this.#valuesOf(old)) {
      const index = this.#indexes.get(name)!;
      for (const value of values) {
        const objects = index.get(value);
        objects?.delete(key);
        if (objects?.size === 0) index.delete(value);
      }
    }
  }

  *#valuesOf(object: T): Generator<[string, string[]]> {
    for (const [name, valuesOf] of this.#indexers) yield [name, valuesOf(object)];
  }
}
