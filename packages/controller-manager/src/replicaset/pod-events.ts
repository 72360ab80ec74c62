// Which replica sets a change of a pod concerns.

import type { Pod, ReplicaSet } from "@kubonsai/api";
import { keyOf, type InformerHandlers } from "@kubonsai/client";
import { matchesSelector } from "../label-selector.ts";
import { controllerOf } from "../ownership/controller-reference.ts";
import type { SharedInformers } from "../informers.ts";
import { isPodReady, isPodTerminal, readySinceMs } from "../pods/pod-state.ts";

export interface PodReactions {
  changed(key: string): void;
  deletionSeen(key: string, pod: Pod): void;
}

export function podHandlers(
  { replicaSets }: SharedInformers,
  { changed, deletionSeen }: PodReactions,
): InformerHandlers<Pod> {
  return {
    added(pod) {
      if (pod.metadata.deletionTimestamp) return leaving(pod);
      for (const key of concerned(pod)) changed(key);
    },
    updated(pod, old) {
      if (pod.metadata.deletionTimestamp) return leaving(pod);
      if (!isRelevant(pod, old)) return;
      for (const key of new Set([...concerned(pod), ...controlling(old)])) changed(key);
    },
    deleted: leaving,
  };

  function leaving(pod: Pod): void {
    for (const key of controlling(pod)) {
      deletionSeen(key, pod);
      changed(key);
    }
  }

  function concerned(pod: Pod): string[] {
    return controllerOf(pod.metadata) ? controlling(pod) : adopters(pod).map(keyOf);
  }

  function controlling({ metadata }: Pod): string[] {
    const reference = controllerOf(metadata);
    if (reference?.kind !== "ReplicaSet") return [];
    const owner = replicaSets.get(metadata.namespace ?? "", reference.name);
    return owner && owner.metadata.uid === reference.uid ? [keyOf(owner)] : [];
  }

  function adopters({ metadata }: Pod): ReplicaSet[] {
    if (!metadata.labels) return [];
    return replicaSets
      .list(metadata.namespace)
      .filter(({ spec }) => matchesSelector(spec.selector, metadata.labels));
  }
}

/** Most updates of a pod change nothing that a replica set counts. */
function isRelevant(pod: Pod, old: Pod): boolean {
  return (
    isPodReady(pod) !== isPodReady(old) ||
    isPodTerminal(pod) !== isPodTerminal(old) ||
    readySinceMs(pod) !== readySinceMs(old) ||
    JSON.stringify(pod.metadata.labels) !== JSON.stringify(old.metadata.labels) ||
    controllerOf(pod.metadata)?.uid !== controllerOf(old.metadata)?.uid
  );
}
