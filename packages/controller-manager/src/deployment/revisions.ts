// The revisions of a deployment: which replica set is the new one, and what its annotations say.
// @see kubernetes pkg/controller/deployment/util/deployment_util.go

import type { Deployment, ReplicaSet } from "@kubonsai/api";
import type { Bounds } from "./bounds.ts";
import { isSameTemplate } from "./template.ts";

export const REVISION = "deployment.kubernetes.io/revision";
const REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
export const DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
export const MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";

/** Annotations that belong to the deployment or the replica set alone. */
const NOT_COPIED = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  "deprecated.deployment.rollback.to",
]);

const LONGEST_HISTORY = 2000;

type Annotations = { [name: string]: string };

/** Oldest first. */
export function byAge(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  return [...replicaSets].sort(compareAge);
}

export function compareAge(a: ReplicaSet, b: ReplicaSet): number {
  const [first, second] = [a, b].map(({ metadata }) => metadata.creationTimestamp ?? "9");
  if (first !== second) return first! < second! ? -1 : 1;
  return (a.metadata.name ?? "") < (b.metadata.name ?? "") ? -1 : 1;
}

/** The oldest of those with the deployment's template. */
export function findNew(
  { spec }: Deployment,
  replicaSets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  return byAge(replicaSets).find(
    ({ spec: { template } }) => template && isSameTemplate(template, spec.template),
  );
}

export function revisionOf({ metadata }: ReplicaSet): number {
  const revision = Number(metadata.annotations?.[REVISION] ?? "");
  return Number.isInteger(revision) ? revision : 0;
}

/** Lowest revision first. */
export function byRevision(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  return [...replicaSets].sort((a, b) => revisionOf(a) - revisionOf(b) || compareAge(a, b));
}

export const nextRevision = (old: readonly ReplicaSet[]): number =>
  Math.max(0, ...old.map(revisionOf)) + 1;

/** What the new replica set's annotations should be: the deployment's, and its place in history. */
export function newAnnotations(
  deployment: Deployment,
  current: Annotations,
  revision: number,
): Annotations {
  const wanted = { ...current };
  for (const [name, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!NOT_COPIED.has(name)) wanted[name] = value;
  }
  const before = current[REVISION];
  if (Number(before ?? 0) >= revision) return wanted;
  wanted[REVISION] = String(revision);
  if (before === undefined) return wanted;
  const history = lengthened(current[REVISION_HISTORY] ?? "", before);
  return history === "" ? wanted : { ...wanted, [REVISION_HISTORY]: history };
}

/** `1,3` and `5` are `1,3,5`; the oldest go when it becomes too long. */
function lengthened(history: string, revision: string): string {
  const all = history === "" ? [] : history.split(",");
  all.push(revision);
  while (all.join(",").length > LONGEST_HISTORY) all.shift();
  return all.join(",");
}

/** Tells a scaling of the deployment from a step of its rollout. */
export function sizeAnnotations({ replicas, maxSurge }: Bounds): Annotations {
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + maxSurge) };
}

export function hasAnnotations({ metadata }: ReplicaSet, wanted: Annotations): boolean {
  return Object.entries(wanted).every(([name, value]) => metadata.annotations?.[name] === value);
}
