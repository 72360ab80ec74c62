// DaemonSet: a pod on every node.

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
import { podTemplateSpec, type PodTemplateSpec } from "../../core/v1/pod.ts";

export const daemonSet = message("io.k8s.api.apps.v1.DaemonSet", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<DaemonSetSpec>(2, () => daemonSetSpec).default({}),
  status: ref<DaemonSetStatus>(3, () => daemonSetStatus).default({}),
});
export interface DaemonSet extends TypeOf<typeof daemonSet> {
  metadata: ObjectMeta;
  spec: DaemonSetSpec;
}

export const daemonSetSpec = message("io.k8s.api.apps.v1.DaemonSetSpec", {
  selector: ref<LabelSelector>(1, () => labelSelector).required(),
  template: ref<PodTemplateSpec>(2, () => podTemplateSpec)
    .required()
    .default({}),
  updateStrategy: ref<DaemonSetUpdateStrategy>(3, () => daemonSetUpdateStrategy).default({}),
  minReadySeconds: int32(4),
  revisionHistoryLimit: int32(6).explicit(),
});
export interface DaemonSetSpec extends TypeOf<typeof daemonSetSpec> {}

export const daemonSetUpdateStrategy = message("io.k8s.api.apps.v1.DaemonSetUpdateStrategy", {
  type: string(1).oneOf("OnDelete", "RollingUpdate"),
  rollingUpdate: ref<RollingUpdateDaemonSet>(2, () => rollingUpdateDaemonSet),
});
export interface DaemonSetUpdateStrategy extends TypeOf<typeof daemonSetUpdateStrategy> {}

export const rollingUpdateDaemonSet = message("io.k8s.api.apps.v1.RollingUpdateDaemonSet", {
  maxUnavailable: intOrString(1).explicit(),
  maxSurge: intOrString(2).explicit(),
});
export interface RollingUpdateDaemonSet extends TypeOf<typeof rollingUpdateDaemonSet> {}

export const daemonSetStatus = message("io.k8s.api.apps.v1.DaemonSetStatus", {
  currentNumberScheduled: int32(1).required(),
  numberMisscheduled: int32(2).required(),
  desiredNumberScheduled: int32(3).required(),
  numberReady: int32(4).required(),
  observedGeneration: int64(5),
  updatedNumberScheduled: int32(6),
  numberAvailable: int32(7),
  numberUnavailable: int32(8),
  collisionCount: int32(9).explicit(),
  conditions: list(
    10,
    of<DaemonSetCondition>(() => daemonSetCondition),
  )
    .listMap("type")
    .merge("type"),
});
export interface DaemonSetStatus extends TypeOf<typeof daemonSetStatus> {}

export const daemonSetCondition = message("io.k8s.api.apps.v1.DaemonSetCondition", {
  type: string(1).required(),
  status: string(2).required(),
  lastTransitionTime: time(3),
  reason: string(4),
  message: string(5),
});
export interface DaemonSetCondition extends TypeOf<typeof daemonSetCondition> {}
