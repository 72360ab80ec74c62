// HorizontalPodAutoscaler as it was when it knew the processor alone.

import { int32, int64, message, ref, string, time } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const horizontalPodAutoscalerV1 = message(
  "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<HorizontalPodAutoscalerSpecV1>(2, () => horizontalPodAutoscalerSpecV1)
      .required()
      .default({}),
    status: ref<HorizontalPodAutoscalerStatusV1>(3, () => horizontalPodAutoscalerStatusV1).default(
      {},
    ),
  },
);
export interface HorizontalPodAutoscalerV1 extends TypeOf<typeof horizontalPodAutoscalerV1> {
  metadata: ObjectMeta;
}

export const horizontalPodAutoscalerSpecV1 = message(
  "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec",
  {
    scaleTargetRef: ref<CrossVersionObjectReferenceV1>(1, () => crossVersionObjectReferenceV1)
      .required()
      .default({}),
    minReplicas: int32(2).explicit(),
    maxReplicas: int32(3).required(),
    targetCPUUtilizationPercentage: int32(4).explicit(),
  },
);
export interface HorizontalPodAutoscalerSpecV1 extends TypeOf<
  typeof horizontalPodAutoscalerSpecV1
> {}

export const horizontalPodAutoscalerStatusV1 = message(
  "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus",
  {
    observedGeneration: int64(1).explicit(),
    lastScaleTime: time(2),
    currentReplicas: int32(3).required(),
    desiredReplicas: int32(4).required(),
    currentCPUUtilizationPercentage: int32(5).explicit(),
  },
);
export interface HorizontalPodAutoscalerStatusV1 extends TypeOf<
  typeof horizontalPodAutoscalerStatusV1
> {}

export const crossVersionObjectReferenceV1 = message(
  "io.k8s.api.autoscaling.v1.CrossVersionObjectReference",
  {
    kind: string(1).required(),
    name: string(2).required(),
    apiVersion: string(3),
  },
  { mapType: "atomic" },
);
export interface CrossVersionObjectReferenceV1 extends TypeOf<
  typeof crossVersionObjectReferenceV1
> {}
