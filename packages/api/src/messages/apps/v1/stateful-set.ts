// StatefulSet: pods with names and storage of their own.

import {
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
import {
  persistentVolumeClaim,
  type PersistentVolumeClaim,
} from "../../core/v1/persistent-volume-claim.ts";
import { podTemplateSpec, type PodTemplateSpec } from "../../core/v1/pod.ts";

export const statefulSet = message("io.k8s.api.apps.v1.StatefulSet", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<StatefulSetSpec>(2, () => statefulSetSpec).default({}),
  status: ref<StatefulSetStatus>(3, () => statefulSetStatus).default({}),
});
export interface StatefulSet extends TypeOf<typeof statefulSet> {
  metadata: ObjectMeta;
  spec: StatefulSetSpec;
}

export const statefulSetSpec = message("io.k8s.api.apps.v1.StatefulSetSpec", {
  replicas: int32(1).explicit(),
  selector: ref<LabelSelector>(2, () => labelSelector).required(),
  template: ref<PodTemplateSpec>(3, () => podTemplateSpec)
    .required()
    .default({}),
  volumeClaimTemplates: list(
    4,
    of<PersistentVolumeClaim>(() => persistentVolumeClaim),
  ).atomic(),
  serviceName: string(5),
  podManagementPolicy: string(6).oneOf("OrderedReady", "Parallel"),
  updateStrategy: ref<StatefulSetUpdateStrategy>(7, () => statefulSetUpdateStrategy).default({}),
  revisionHistoryLimit: int32(8).explicit(),
  minReadySeconds: int32(9),
  persistentVolumeClaimRetentionPolicy: ref<StatefulSetPersistentVolumeClaimRetentionPolicy>(
    10,
    () => statefulSetPersistentVolumeClaimRetentionPolicy,
  ),
  ordinals: ref<StatefulSetOrdinals>(11, () => statefulSetOrdinals),
});
export interface StatefulSetSpec extends TypeOf<typeof statefulSetSpec> {}

export const statefulSetUpdateStrategy = message("io.k8s.api.apps.v1.StatefulSetUpdateStrategy", {
  type: string(1).oneOf("OnDelete", "RollingUpdate"),
  rollingUpdate: ref<RollingUpdateStatefulSetStrategy>(2, () => rollingUpdateStatefulSetStrategy),
});
export interface StatefulSetUpdateStrategy extends TypeOf<typeof statefulSetUpdateStrategy> {}

export const rollingUpdateStatefulSetStrategy = message(
  "io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy",
  {
    partition: int32(1).explicit(),
    maxUnavailable: intOrString(2).explicit(),
  },
);
export interface RollingUpdateStatefulSetStrategy extends TypeOf<
  typeof rollingUpdateStatefulSetStrategy
> {}

export const statefulSetPersistentVolumeClaimRetentionPolicy = message(
  "io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
  {
    whenDeleted: string(1),
    whenScaled: string(2),
  },
);
export interface StatefulSetPersistentVolumeClaimRetentionPolicy extends TypeOf<
  typeof statefulSetPersistentVolumeClaimRetentionPolicy
> {}

export const statefulSetOrdinals = message("io.k8s.api.apps.v1.StatefulSetOrdinals", {
  start: int32(1),
});
export interface StatefulSetOrdinals extends TypeOf<typeof statefulSetOrdinals> {}

export const statefulSetStatus = message("io.k8s.api.apps.v1.StatefulSetStatus", {
  observedGeneration: int64(1),
  replicas: int32(2).required(),
  readyReplicas: int32(3),
  currentReplicas: int32(4),
  updatedReplicas: int32(5),
  currentRevision: string(6),
  updateRevision: string(7),
  collisionCount: int32(9).explicit(),
  conditions: list(
    10,
    of<StatefulSetCondition>(() => statefulSetCondition),
  )
    .listMap("type")
    .merge("type"),
  availableReplicas: int32(11),
});
export interface StatefulSetStatus extends TypeOf<typeof statefulSetStatus> {}

export const statefulSetCondition = message("io.k8s.api.apps.v1.StatefulSetCondition", {
  type: string(1).required(),
  status: string(2).required(),
  lastTransitionTime: time(3),
  reason: string(4),
  message: string(5),
});
export interface StatefulSetCondition extends TypeOf<typeof statefulSetCondition> {}
