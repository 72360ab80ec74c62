// All that happens to the objects of a kind, seen by a watch, with the virtual time of each change.

import type { KubernetesObject } from "@kubonsai/api";
import type { NamedResource } from "@kubonsai/client";
import type { TestCluster } from "./cluster.ts";

export interface Change<T> {
  /** When it was seen: the cluster's time, in epoch milliseconds. */
  atMs: number;
  type: "ADDED" | "MODIFIED" | "DELETED";
  object: T;
}

export interface History<T> {
  readonly changes: readonly Change<T>[];
  /** The changes of one object, oldest first. */
  of(name: string): Change<T>[];
  /** Advances time until a change fits. @throws when five minutes of virtual time bring none */
  until(fits: (change: Change<T>) => boolean): Promise<Change<T>>;
  stop(): void;
}

/** Begins with what is there already. Stop it before the cluster. */
export async function watchHistory<T extends KubernetesObject>(
  { client, clock }: TestCluster,
  kind: NamedResource,
  namespace: string,
): Promise<History<T>> {
  const changes: Change<T>[] = [];
  const ending = new AbortController();
  const watch = client.resource<T>(kind).watch(namespace, {}, ending.signal);
  void (async () => {
    for await (const { type, object } of watch) {
      if (type === "BOOKMARK" || type === "ERROR") continue;
      changes.push({ atMs: clock.now(), type, object });
    }
  })();
  await clock.settle();
  return {
    changes,
    of: (name) => changes.filter(({ object }) => object.metadata.name === name),
    async until(fits) {
      let found: Change<T> | undefined;
      const isThere = () => (found = changes.find(fits)) !== undefined;
      await clock.advanceUntil(isThere, { limitMs: 300_000 });
      return found!;
    },
    stop: () => ending.abort(),
  };
}
