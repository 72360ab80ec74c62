// A local, always current copy of one kind's objects, kept by list and watch.

import type { KubernetesObject } from "@kubonsai/api";

export interface Informer<T extends KubernetesObject> {
  /** Lists and watches until `signal` aborts; relists after 410 and broken connections. */
  run(signal: AbortSignal): Promise<void>;
  /** Resolves after the first list was taken in and its handlers were called. */
  synced(): Promise<void>;
  /** Handlers are called within the turn in which a change arrives, in order. */
  on(handlers: InformerHandlers<T>): void;
  get(namespace: string, name: string): T | undefined;
  /** All, or those of one namespace. Shared objects: never alter them. */
  list(namespace?: string): T[];
  /** Objects whose `indexer` (see options) gave this value. */
  byIndex(index: string, value: string): T[];
  /**
   * Whether everything up to this resourceVersion was taken in: who just wrote an object asks this
   * before deciding anything from the copy again.
   */
  hasReached(resourceVersion: string): boolean;
}

export interface InformerHandlers<T> {
  added?(object: T): void;
  updated?(object: T, old: T): void;
  deleted?(object: T): void;
}

export interface InformerOptions<T> {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** `{ node: (pod) => [pod.spec.nodeName] }` */
  indexes?: { [name: string]: (object: T) => string[] };
  /** What of an object is kept, where the whole would be waste. */
  transform?: (object: T) => T;
}
