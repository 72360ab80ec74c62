// The groups that are served, in Kubernetes' order of preference, each with its versions.

import type { Kind } from "@kubonsai/api";

export interface ServedGroup {
  /** "" for the core group, which comes first */
  readonly name: string;
  /** The preferred one first. */
  readonly versions: readonly string[];
}

/** Groups that are not named here follow in alphabetical order. */
const ORDER = [
  "",
  "apiregistration.k8s.io",
  "apps",
  "events.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
  "certificates.k8s.io",
  "networking.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "storage.k8s.io",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "scheduling.k8s.io",
  "coordination.k8s.io",
  "node.k8s.io",
  "discovery.k8s.io",
  "resource.k8s.io",
  "flowcontrol.apiserver.k8s.io",
];

export function groupsOf(kinds: readonly Kind[]): ServedGroup[] {
  const versions = new Map<string, Set<string>>();
  for (const { group, version } of kinds) {
    if (!versions.has(group)) versions.set(group, new Set());
    versions.get(group)!.add(version);
  }
  const names = [...versions.keys()].sort(inOrder);
  return names.map((name) => ({ name, versions: [...versions.get(name)!].sort(byPriority) }));
}

function inOrder(a: string, b: string): number {
  const [first, second] = [ORDER.indexOf(a), ORDER.indexOf(b)];
  if (first >= 0 && second >= 0) return first - second;
  if (first >= 0 || second >= 0) return first >= 0 ? -1 : 1;
  return a < b ? -1 : 1;
}

/** `v2` before `v1` before `v2beta1` before `v1beta2` before `v1alpha1` before anything else. */
export function byPriority(a: string, b: string): number {
  const [first, second] = [priorityOf(a), priorityOf(b)];
  for (let n = 0; n < 3; n++) {
    const difference = second[n]! - first[n]!;
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function priorityOf(version: string): [number, number, number] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) return [-1, 0, 0];
  const stability = match[2] === undefined ? 2 : match[2] === "beta" ? 1 : 0;
  return [stability, Number(match[1]), Number(match[3] ?? 0)];
}
