// What kinds that keep pods of a template get when their manifests do not say.
// @see kubernetes pkg/apis/apps/v1/defaults.go

import type { Deployment, DeploymentStrategy } from "../messages/apps/v1/deployment.ts";
import type { DaemonSet } from "../messages/apps/v1/daemon-set.ts";
import type { ReplicaSet } from "../messages/apps/v1/replica-set.ts";
import type { StatefulSet } from "../messages/apps/v1/stateful-set.ts";
import type { PodTemplate } from "../messages/core/v1/pod-template.ts";
import type { ReplicationController } from "../messages/core/v1/replication-controller.ts";
import { templateGeneration } from "../preparation/daemon-set.ts";
import { setTemplateDefaults } from "./pod-spec.ts";
import { setPersistentVolumeClaimDefaults } from "./storage.ts";
import { showZeros } from "./zeros.ts";

export function setDeploymentDefaults({ spec }: Deployment): void {
  spec.replicas ??= 1;
  spec.strategy ??= {};
  setStrategyDefaults(spec.strategy);
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  spec.template ??= { spec: { containers: [] } };
  setTemplateDefaults(spec.template);
}

export function setReplicaSetDefaults({ spec }: ReplicaSet): void {
  spec.replicas ??= 1;
  spec.template ??= { spec: { containers: [] } };
  setTemplateDefaults(spec.template);
}

function setStrategyDefaults(strategy: DeploymentStrategy): void {
  strategy.type ||= "RollingUpdate";
  if (strategy.type !== "RollingUpdate") return;
  strategy.rollingUpdate ??= {};
  strategy.rollingUpdate.maxUnavailable ??= "25%";
  strategy.rollingUpdate.maxSurge ??= "25%";
}

/** The annotation stands for a member that only older versions of the kind had. */
export function setDaemonSetDefaults(daemonSet: DaemonSet): void {
  const { metadata, spec } = daemonSet;
  daemonSet.status ??= {} as NonNullable<DaemonSet["status"]>;
  showZeros(daemonSet.status, [
    ...(["currentNumberScheduled", "numberMisscheduled"] as const),
    ...(["desiredNumberScheduled", "numberReady"] as const),
  ]);
  metadata.annotations = { [templateGeneration]: "0", ...metadata.annotations };
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  strategy.type ||= "RollingUpdate";
  if (strategy.type === "RollingUpdate") {
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= 1;
    strategy.rollingUpdate.maxSurge ??= 0;
  }
  spec.revisionHistoryLimit ??= 10;
  spec.template ??= { spec: { containers: [] } };
  setTemplateDefaults(spec.template);
}

export function setStatefulSetDefaults(statefulSet: StatefulSet): void {
  const { spec } = statefulSet;
  statefulSet.status ??= {} as NonNullable<StatefulSet["status"]>;
  showZeros(statefulSet.status, ["replicas", "availableReplicas"]);
  spec.serviceName ??= "";
  if (spec.ordinals) spec.ordinals.start ??= 0;
  spec.podManagementPolicy ||= "OrderedReady";
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  if (!strategy.type) {
    strategy.type = "RollingUpdate";
    strategy.rollingUpdate ??= {};
  }
  if (strategy.type === "RollingUpdate" && strategy.rollingUpdate) {
    strategy.rollingUpdate.partition ??= 0;
  }
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= "Retain";
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= "Retain";
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  spec.template ??= { spec: { containers: [] } };
  setTemplateDefaults(spec.template);
  for (const claim of spec.volumeClaimTemplates ?? []) {
    claim.kind ??= "PersistentVolumeClaim";
    claim.apiVersion ??= "v1";
    claim.metadata ??= {};
    setPersistentVolumeClaimDefaults(claim);
  }
}

export function setReplicationControllerDefaults(controller: ReplicationController): void {
  const { metadata, spec } = controller;
  controller.status ??= { replicas: 0 };
  showZeros(controller.status, ["replicas"]);
  spec.replicas ??= 1;
  const { template } = spec;
  if (!template) return;
  const labels = template.metadata?.labels;
  const isBare = (map: object | undefined) => Object.keys(map ?? {}).length === 0;
  if (labels && isBare(spec.selector)) spec.selector = { ...labels };
  if (labels && isBare(metadata.labels)) metadata.labels = { ...labels };
  setTemplateDefaults(template);
}

export function setPodTemplateDefaults(object: PodTemplate): void {
  object.template ??= { spec: { containers: [] } };
  setTemplateDefaults(object.template);
}
