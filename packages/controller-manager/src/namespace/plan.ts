// What a namespace on its way out says about what is left in it.
// @see kubernetes pkg/controller/namespace/deletion/status_condition_utils.go

import type { KubernetesObject, NamespaceCondition } from "@kubonsai/api";
import { secondsTimestamp } from "@kubonsai/client";
import { findCondition } from "../conditions.ts";

/** What came of deleting everything. */
export interface Remains {
  /** `pods.`, `deployments.apps` → how many are left */
  counts: Map<string, number>;
  /** finalizer → how many objects have it */
  finalizers: Map<string, number>;
  /** Why resources could not be listed or deleted. */
  deleteErrors: string[];
  discoveryErrors: string[];
}

export const nothingLeft = (): Remains => ({
  counts: new Map(),
  finalizers: new Map(),
  deleteErrors: [],
  discoveryErrors: [],
});

export function countLeft(remains: Remains, name: string, left: readonly KubernetesObject[]): void {
  if (left.length > 0) remains.counts.set(name, left.length);
  for (const { metadata } of left) {
    for (const finalizer of metadata.finalizers ?? []) {
      remains.finalizers.set(finalizer, (remains.finalizers.get(finalizer) ?? 0) + 1);
    }
  }
}

export const isEmpty = ({ counts, deleteErrors, discoveryErrors }: Remains): boolean =>
  counts.size === 0 && deleteErrors.length === 0 && discoveryErrors.length === 0;

interface Finding {
  type: string;
  reason: string;
  message: string;
  isBad: boolean;
}

/** The conditions wanted; undefined when `current` says the same. */
export function planConditions(
  current: readonly NamespaceCondition[],
  remains: Remains,
  nowMs: number,
): NamespaceCondition[] | undefined {
  let hasChanged = false;
  const conditions = [...current];
  for (const { type, reason, message, isBad } of findings(remains)) {
    const status = isBad ? "True" : "False";
    const before = findCondition(current, type);
    if (before?.status === status && before.reason === reason && before.message === message) {
      continue;
    }
    hasChanged = true;
    const isSame = before?.status === status;
    const lastTransitionTime = isSame ? before.lastTransitionTime : secondsTimestamp(nowMs);
    const condition = { type, status, lastTransitionTime, reason, message };
    if (before) conditions[conditions.indexOf(before)] = condition;
    else conditions.push(condition);
  }
  return hasChanged ? conditions : undefined;
}

function findings({ counts, finalizers, deleteErrors, discoveryErrors }: Remains): Finding[] {
  const left = [...counts].map(([name, count]) => `${name} has ${count} resource instances`);
  const held = [...finalizers].map(([name, count]) => `${name} in ${count} resource instances`);
  return [
    finding("NamespaceDeletionDiscoveryFailure", discoveryErrors.length > 0, {
      bad: ["DiscoveryFailed", discoveryErrors.join(", ")],
      good: ["ResourcesDiscovered", "All resources successfully discovered"],
    }),
    finding("NamespaceDeletionGroupVersionParsingFailure", false, {
      bad: ["GroupVersionParsingFailed", ""],
      good: ["ParsedGroupVersions", "All legacy kube types successfully parsed"],
    }),
    finding("NamespaceDeletionContentFailure", deleteErrors.length > 0, {
      bad: [
        "ContentDeletionFailed",
        `Failed to delete all resource types, ${deleteErrors.length} remaining: ${sorted(deleteErrors)}`,
      ],
      good: ["ContentDeleted", "All content successfully deleted, may be waiting on finalization"],
    }),
    finding("NamespaceContentRemaining", left.length > 0, {
      bad: ["SomeResourcesRemain", `Some resources are remaining: ${sorted(left)}`],
      good: ["ContentRemoved", "All content successfully removed"],
    }),
    finding("NamespaceFinalizersRemaining", held.length > 0, {
      bad: [
        "SomeFinalizersRemain",
        `Some content in the namespace has finalizers remaining: ${sorted(held)}`,
      ],
      good: ["ContentHasNoFinalizers", "All content-preserving finalizers finished"],
    }),
  ];
}

function finding(
  type: string,
  isBad: boolean,
  { bad, good }: { bad: [string, string]; good: [string, string] },
): Finding {
  const [reason, message] = isBad ? bad : good;
  return { type, reason, message, isBad };
}

const sorted = (texts: string[]) => [...texts].sort().join(", ");
