// What autoscalers get when their manifests do not say.
// @see kubernetes pkg/apis/autoscaling/v2/defaults.go

import type { HorizontalPodAutoscalerV1 } from "../messages/autoscaling/v1/horizontal-pod-autoscaler.ts";
import type {
  HorizontalPodAutoscaler,
  HPAScalingRules,
} from "../messages/autoscaling/v2/horizontal-pod-autoscaler.ts";
import { emptyList, showZeros } from "./zeros.ts";

const usualUtilization = 80;

export function setHorizontalPodAutoscalerDefaults(autoscaler: HorizontalPodAutoscaler): void {
  const { spec } = autoscaler;
  autoscaler.status ??= {} as NonNullable<HorizontalPodAutoscaler["status"]>;
  showZeros(autoscaler.status, ["desiredReplicas"]);
  autoscaler.status.currentMetrics ??= emptyList;
  spec.minReplicas ??= 1;
  if ((spec.metrics ?? []).length === 0) {
    const target = { type: "Utilization", averageUtilization: usualUtilization } as const;
    spec.metrics = [{ type: "Resource", resource: { name: "cpu", target } }];
  }
  if (!spec.behavior) return;
  spec.behavior.scaleUp = { ...scaleUp(), ...spec.behavior.scaleUp };
  spec.behavior.scaleDown = { ...scaleDown(), ...spec.behavior.scaleDown };
}

const scaleUp = (): HPAScalingRules => ({
  stabilizationWindowSeconds: 0,
  selectPolicy: "Max",
  policies: [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ],
});

const scaleDown = (): HPAScalingRules => ({
  selectPolicy: "Max",
  policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
});

export function setHorizontalPodAutoscalerV1Defaults(autoscaler: HorizontalPodAutoscalerV1): void {
  autoscaler.status ??= {} as NonNullable<HorizontalPodAutoscalerV1["status"]>;
  showZeros(autoscaler.status, ["currentReplicas", "desiredReplicas"]);
  const { metadata, spec } = autoscaler;
  spec.minReplicas ??= 1;
  const hasMetrics = metadata.annotations?.["autoscaling.alpha.kubernetes.io/metrics"];
  if (hasMetrics === undefined) spec.targetCPUUtilizationPercentage ??= usualUtilization;
}

export function beginWithoutReplicas(autoscaler: HorizontalPodAutoscalerV1): void {
  autoscaler.status = { currentReplicas: 0, desiredReplicas: 0 };
}
