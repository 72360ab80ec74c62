// ReplicaSet: so many pods of one template.

import { int32, int64, list, message, of, ref, string, time } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { podTemplateSpec, type PodTemplateSpec } from "../../core/v1/pod.ts";

export const replicaSet = message("io.k8s.api.apps.v1.ReplicaSet", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<ReplicaSetSpec>(2, () => replicaSetSpec).default({}),
  status: ref<ReplicaSetStatus>(3, () => replicaSetStatus).default({}),
});
export interface ReplicaSet extends TypeOf<typeof replicaSet> {
  metadata: ObjectMeta;
  spec: ReplicaSetSpec;
}

export const replicaSetSpec = message("io.k8s.api.apps.v1.ReplicaSetSpec", {
  replicas: int32(1).explicit(),
  minReadySeconds: int32(4),
  selector: ref<LabelSelector>(2, () => labelSelector).required(),
  template: ref<PodTemplateSpec>(3, () => podTemplateSpec).default({}),
});
export interface ReplicaSetSpec extends TypeOf<typeof replicaSetSpec> {}

export const replicaSetStatus = message("io.k8s.api.apps.v1.ReplicaSetStatus", {
  replicas: int32(1).required(),
  fullyLabeledReplicas: int32(2),
  readyReplicas: int32(4),
  availableReplicas: int32(5),
  terminatingReplicas: int32(7).explicit(),
  observedGeneration: int64(3),
  conditions: list(
    6,
    of<ReplicaSetCondition>(() => replicaSetCondition),
  )
    .listMap("type")
    .merge("type"),
});
export interface ReplicaSetStatus extends TypeOf<typeof replicaSetStatus> {}

export const replicaSetCondition = message("io.k8s.api.apps.v1.ReplicaSetCondition", {
  type: string(1).required(),
  status: string(2).required(),
  lastTransitionTime: time(3),
  reason: string(4),
  message: string(5),
});
export interface ReplicaSetCondition extends TypeOf<typeof replicaSetCondition> {}
