// Deployment: how pods should be, and how to get there from how they were.

import {
  boolean,
  int32,
  int64,
  intOrString,
  list,
  message,
  of,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { podTemplateSpec, type PodTemplateSpec } from "../../core/v1/pod.ts";

export const deployment = message("io.k8s.api.apps.v1.Deployment", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<DeploymentSpec>(2, () => deploymentSpec).default({}),
  status: ref<DeploymentStatus>(3, () => deploymentStatus).default({}),
});
export interface Deployment extends TypeOf<typeof deployment> {
  metadata: ObjectMeta;
  spec: DeploymentSpec;
}

export const deploymentSpec = message("io.k8s.api.apps.v1.DeploymentSpec", {
  replicas: int32(1).explicit(),
  selector: ref<LabelSelector>(2, () => labelSelector).required(),
  template: ref<PodTemplateSpec>(3, () => podTemplateSpec)
    .required()
    .default({}),
  strategy: ref<DeploymentStrategy>(4, () => deploymentStrategy)
    .retainKeys()
    .default({}),
  minReadySeconds: int32(5),
  revisionHistoryLimit: int32(6).explicit(),
  paused: boolean(7),
  progressDeadlineSeconds: int32(9).explicit(),
});
export interface DeploymentSpec extends TypeOf<typeof deploymentSpec> {}

export const deploymentStrategy = message("io.k8s.api.apps.v1.DeploymentStrategy", {
  type: string(1).oneOf("Recreate", "RollingUpdate"),
  rollingUpdate: ref<RollingUpdateDeployment>(2, () => rollingUpdateDeployment),
});
export interface DeploymentStrategy extends TypeOf<typeof deploymentStrategy> {}

export const rollingUpdateDeployment = message("io.k8s.api.apps.v1.RollingUpdateDeployment", {
  maxUnavailable: intOrString(1).explicit(),
  maxSurge: intOrString(2).explicit(),
});
export interface RollingUpdateDeployment extends TypeOf<typeof rollingUpdateDeployment> {}

export const deploymentStatus = message("io.k8s.api.apps.v1.DeploymentStatus", {
  observedGeneration: int64(1),
  replicas: int32(2),
  updatedReplicas: int32(3),
  readyReplicas: int32(7),
  availableReplicas: int32(4),
  unavailableReplicas: int32(5),
  terminatingReplicas: int32(9).explicit(),
  conditions: list(
    6,
    of<DeploymentCondition>(() => deploymentCondition),
  )
    .listMap("type")
    .merge("type"),
  collisionCount: int32(8).explicit(),
});
export interface DeploymentStatus extends TypeOf<typeof deploymentStatus> {}

export const deploymentCondition = message("io.k8s.api.apps.v1.DeploymentCondition", {
  type: string(1).required(),
  status: string(2).required(),
  lastUpdateTime: time(6),
  lastTransitionTime: time(7),
  reason: string(4),
  message: string(5),
});
export interface DeploymentCondition extends TypeOf<typeof deploymentCondition> {}
