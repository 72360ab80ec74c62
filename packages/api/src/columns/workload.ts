// The tables of deployments and replica sets.

import type { Column } from "../kind.ts";
import type { Deployment } from "../messages/apps/v1/deployment.ts";
import type { ReplicaSet } from "../messages/apps/v1/replica-set.ts";
import type { PodTemplateSpec } from "../messages/core/v1/pod.ts";
import {
  formatLabelMatcher,
  formatLabelSelector,
  matcherOfSelector,
} from "../selectors/label-selector.ts";
import type { LabelSelector } from "../metadata/label-selector.ts";
import { column, integerColumn, wideColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const deploymentColumns: readonly Column<Deployment>[] = [
  nameColumn,
  column(
    "Ready",
    "Ready pods of wanted ones",
    ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
  ),
  column("Up-to-date", "Pods of the newest template", ({ status }) => status?.updatedReplicas ?? 0),
  column("Available", "Pods ready for long enough", ({ status }) => status?.availableReplicas ?? 0),
  ageColumn,
  wideColumn("Containers", "Names in the template", ({ spec }) => containerNames(spec.template)),
  wideColumn("Images", "Images in the template", ({ spec }) => containerImages(spec.template)),
  wideColumn("Selector", "Which pods are its own", ({ spec }) => selectorText(spec.selector)),
];

export const replicaSetColumns: readonly Column<ReplicaSet>[] = [
  nameColumn,
  integerColumn("Desired", "Wanted pods", ({ spec }) => spec.replicas ?? 0),
  integerColumn("Current", "Pods that exist", ({ status }) => status?.replicas ?? 0),
  integerColumn("Ready", "Pods that are ready", ({ status }) => status?.readyReplicas ?? 0),
  ageColumn,
  wideColumn("Containers", "Names in the template", ({ spec }) => containerNames(spec.template)),
  wideColumn("Images", "Images in the template", ({ spec }) => containerImages(spec.template)),
  wideColumn("Selector", "Which pods are its own", ({ spec }) =>
    formatLabelSelector(spec.selector),
  ),
];

export const containerNames = (template: PodTemplateSpec | undefined) =>
  (template?.spec.containers ?? []).map(({ name }) => name).join(",");

export const containerImages = (template: PodTemplateSpec | undefined) =>
  (template?.spec.containers ?? []).map(({ image }) => image ?? "").join(",");

export function selectorText(selector: LabelSelector): string {
  try {
    return formatLabelMatcher(matcherOfSelector(selector));
  } catch {
    // The cell of a stored selector that no longer parses.
    return "<invalid>";
  }
}
