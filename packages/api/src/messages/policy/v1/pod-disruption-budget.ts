// PodDisruptionBudget: how many pods may be evicted at a time.

import {
  aTime,
  int32,
  int64,
  intOrString,
  list,
  map,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { condition, type Condition } from "../../../metadata/condition.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const podDisruptionBudget = message("io.k8s.api.policy.v1.PodDisruptionBudget", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<PodDisruptionBudgetSpec>(2, () => podDisruptionBudgetSpec).default({}),
  status: ref<PodDisruptionBudgetStatus>(3, () => podDisruptionBudgetStatus).default({}),
});
export interface PodDisruptionBudget extends TypeOf<typeof podDisruptionBudget> {
  metadata: ObjectMeta;
  spec: PodDisruptionBudgetSpec;
}

export const podDisruptionBudgetSpec = message("io.k8s.api.policy.v1.PodDisruptionBudgetSpec", {
  minAvailable: intOrString(1).explicit(),
  selector: ref<LabelSelector>(2, () => labelSelector).replaced(),
  maxUnavailable: intOrString(3).explicit(),
  unhealthyPodEvictionPolicy: string(4).oneOf("AlwaysAllow", "IfHealthyBudget").explicit(),
});
export interface PodDisruptionBudgetSpec extends TypeOf<typeof podDisruptionBudgetSpec> {}

export const podDisruptionBudgetStatus = message("io.k8s.api.policy.v1.PodDisruptionBudgetStatus", {
  observedGeneration: int64(1),
  disruptedPods: map(2, aTime),
  disruptionsAllowed: int32(3),
  currentHealthy: int32(4),
  desiredHealthy: int32(5),
  expectedPods: int32(6),
  conditions: list(
    7,
    of<Condition>(() => condition),
  )
    .listMap("type")
    .merge("type"),
});
export interface PodDisruptionBudgetStatus extends TypeOf<typeof podDisruptionBudgetStatus> {}
