// HorizontalPodAutoscaler: as many replicas as the load needs.

import {
  int32,
  int64,
  list,
  message,
  of,
  quantity,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { metricSpec, type MetricSpec, metricStatus, type MetricStatus } from "./metric.ts";
import { crossVersionObjectReference, type CrossVersionObjectReference } from "./reference.ts";

export const horizontalPodAutoscaler = message(
  "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<HorizontalPodAutoscalerSpec>(2, () => horizontalPodAutoscalerSpec)
      .required()
      .default({}),
    status: ref<HorizontalPodAutoscalerStatus>(3, () => horizontalPodAutoscalerStatus).default({}),
  },
);
export interface HorizontalPodAutoscaler extends TypeOf<typeof horizontalPodAutoscaler> {
  metadata: ObjectMeta;
}

export const horizontalPodAutoscalerSpec = message(
  "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec",
  {
    scaleTargetRef: ref<CrossVersionObjectReference>(1, () => crossVersionObjectReference)
      .required()
      .default({}),
    minReplicas: int32(2).explicit(),
    maxReplicas: int32(3).required(),
    metrics: list(
      4,
      of<MetricSpec>(() => metricSpec),
    ).atomic(),
    behavior: ref<HorizontalPodAutoscalerBehavior>(5, () => horizontalPodAutoscalerBehavior),
  },
);
export interface HorizontalPodAutoscalerSpec extends TypeOf<typeof horizontalPodAutoscalerSpec> {}

export const horizontalPodAutoscalerBehavior = message(
  "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior",
  {
    scaleUp: ref<HPAScalingRules>(1, () => hpaScalingRules),
    scaleDown: ref<HPAScalingRules>(2, () => hpaScalingRules),
  },
);
export interface HorizontalPodAutoscalerBehavior extends TypeOf<
  typeof horizontalPodAutoscalerBehavior
> {}

export const hpaScalingRules = message("io.k8s.api.autoscaling.v2.HPAScalingRules", {
  stabilizationWindowSeconds: int32(3).explicit(),
  selectPolicy: string(1).explicit(),
  policies: list(
    2,
    of<HPAScalingPolicy>(() => hpaScalingPolicy),
  ).atomic(),
  tolerance: quantity(4),
});
export interface HPAScalingRules extends TypeOf<typeof hpaScalingRules> {}

export const hpaScalingPolicy = message("io.k8s.api.autoscaling.v2.HPAScalingPolicy", {
  type: string(1).required(),
  value: int32(2).required(),
  periodSeconds: int32(3).required(),
});
export interface HPAScalingPolicy extends TypeOf<typeof hpaScalingPolicy> {}

export const horizontalPodAutoscalerStatus = message(
  "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus",
  {
    observedGeneration: int64(1).explicit(),
    lastScaleTime: time(2),
    currentReplicas: int32(3),
    desiredReplicas: int32(4).required(),
    currentMetrics: list(
      5,
      of<MetricStatus>(() => metricStatus),
    ).atomic(),
    conditions: list(
      6,
      of<HorizontalPodAutoscalerCondition>(() => horizontalPodAutoscalerCondition),
    )
      .listMap("type")
      .merge("type"),
  },
);
export interface HorizontalPodAutoscalerStatus extends TypeOf<
  typeof horizontalPodAutoscalerStatus
> {}

export const horizontalPodAutoscalerCondition = message(
  "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition",
  {
    type: string(1).required(),
    status: string(2).required(),
    lastTransitionTime: time(3),
    reason: string(4),
    message: string(5),
  },
);
export interface HorizontalPodAutoscalerCondition extends TypeOf<
  typeof horizontalPodAutoscalerCondition
> {}
