// What the API makes of a daemon set before it is stored: the versions of its template are counted in an
// annotation, which users cannot set.
// @see kubernetes pkg/registry/apps/daemonset/strategy.go, pkg/apis/apps/v1/conversion.go

import { semanticEqual } from "../equality/semantic-equal.ts";
import type { DaemonSet } from "../messages/apps/v1/daemon-set.ts";
import { beginWithoutStatus, keepStatusAndCount } from "./generation.ts";

export const templateGeneration = "deprecated.daemonset.template.generation";

export function prepareDaemonSetForCreate(daemonSet: DaemonSet): void {
  beginWithoutStatus(daemonSet);
  setCount(daemonSet, Math.max(1, countOf(daemonSet)));
}

export function prepareDaemonSetForUpdate(daemonSet: DaemonSet, old: DaemonSet): void {
  keepStatusAndCount(daemonSet, old);
  const isChanged = !semanticEqual(daemonSet.spec.template, old.spec.template);
  setCount(daemonSet, countOf(old) + (isChanged ? 1 : 0));
}

const countOf = ({ metadata }: DaemonSet) =>
  Number.parseInt(metadata.annotations?.[templateGeneration] ?? "0", 10) || 0;

function setCount({ metadata }: DaemonSet, count: number): void {
  metadata.annotations = { ...metadata.annotations, [templateGeneration]: String(count) };
}
