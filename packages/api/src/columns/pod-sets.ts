// The tables of daemon sets, stateful sets, replication controllers, revisions and pod templates.

import type { Column } from "../kind.ts";
import type { ControllerRevision } from "../messages/apps/v1/controller-revision.ts";
import type { DaemonSet } from "../messages/apps/v1/daemon-set.ts";
import type { StatefulSet } from "../messages/apps/v1/stateful-set.ts";
import type { PodTemplate } from "../messages/core/v1/pod-template.ts";
import type { ReplicationController } from "../messages/core/v1/replication-controller.ts";
import { formatLabels, formatLabelSelector } from "../selectors/label-selector.ts";
import { column, integerColumn, wideColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";
import { containerImages, containerNames } from "./workload.ts";

export const daemonSetColumns: readonly Column<DaemonSet>[] = [
  nameColumn,
  integerColumn("Desired", "Wanted pods", ({ status }) => status?.desiredNumberScheduled ?? 0),
  integerColumn("Current", "Nodes with a pod", ({ status }) => status?.currentNumberScheduled ?? 0),
  integerColumn("Ready", "Pods that are ready", ({ status }) => status?.numberReady ?? 0),
  integerColumn(
    "Up-to-date",
    "Pods of the newest template",
    ({ status }) => status?.updatedNumberScheduled ?? 0,
  ),
  integerColumn(
    "Available",
    "Pods ready for long enough",
    ({ status }) => status?.numberAvailable ?? 0,
  ),
  column("Node Selector", "On which nodes", ({ spec }) =>
    formatLabels(spec.template.spec.nodeSelector),
  ),
  ageColumn,
  wideColumn("Containers", "Names in the template", ({ spec }) => containerNames(spec.template)),
  wideColumn("Images", "Images in the template", ({ spec }) => containerImages(spec.template)),
  wideColumn("Selector", "Which pods are its own", ({ spec }) =>
    formatLabelSelector(spec.selector),
  ),
];

export const statefulSetColumns: readonly Column<StatefulSet>[] = [
  nameColumn,
  column(
    "Ready",
    "Ready pods of wanted ones",
    ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
  ),
  ageColumn,
  wideColumn("Containers", "Names in the template", ({ spec }) => containerNames(spec.template)),
  wideColumn("Images", "Images in the template", ({ spec }) => containerImages(spec.template)),
];

export const replicationControllerColumns: readonly Column<ReplicationController>[] = [
  nameColumn,
  integerColumn("Desired", "Wanted pods", ({ spec }) => spec.replicas ?? 0),
  integerColumn("Current", "Pods that exist", ({ status }) => status?.replicas ?? 0),
  integerColumn("Ready", "Pods that are ready", ({ status }) => status?.readyReplicas ?? 0),
  ageColumn,
  wideColumn("Containers", "Names in the template", ({ spec }) => containerNames(spec.template)),
  wideColumn("Images", "Images in the template", ({ spec }) => containerImages(spec.template)),
  wideColumn("Selector", "Which pods are its own", ({ spec }) => formatLabels(spec.selector)),
];

export const podTemplateColumns: readonly Column<PodTemplate>[] = [
  nameColumn,
  column("Containers", "Names in the template", ({ template }) => containerNames(template)),
  column("Images", "Images in the template", ({ template }) => containerImages(template)),
  column("Pod Labels", "Labels of its pods", ({ template }) =>
    formatLabels(template?.metadata?.labels),
  ),
];

export const controllerRevisionColumns: readonly Column<ControllerRevision>[] = [
  nameColumn,
  column("Controller", "Whose template it was", controllerText),
  column("Revision", "Its number", ({ revision }) => revision ?? 0),
  ageColumn,
];

/** `daemonset.apps/web` */
function controllerText({ metadata }: ControllerRevision): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (!owner) return "<none>";
  const [group = ""] = owner.apiVersion.includes("/") ? owner.apiVersion.split("/") : [];
  return `${owner.kind.toLowerCase()}${group === "" ? "" : `.${group}`}/${owner.name}`;
}
