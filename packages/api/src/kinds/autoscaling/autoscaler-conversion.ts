// Autoscalers of autoscaling/v1 are stored as those of v2; what v1 has no member for is in annotations.
// @see kubernetes pkg/apis/autoscaling/v1/conversion.go

import type { KubernetesObject, StoredAs } from "../../kind.ts";
import type { HorizontalPodAutoscalerV1 } from "../../messages/autoscaling/v1/horizontal-pod-autoscaler.ts";
import {
  horizontalPodAutoscalerBehavior,
  horizontalPodAutoscalerCondition,
} from "../../messages/autoscaling/v2/horizontal-pod-autoscaler.ts";
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerBehavior as Behavior,
  HorizontalPodAutoscalerCondition as Condition,
} from "../../messages/autoscaling/v2/horizontal-pod-autoscaler.ts";
import { metricSpec, metricStatus } from "../../messages/autoscaling/v2/metric.ts";
import type { MetricSpec, MetricStatus } from "../../messages/autoscaling/v2/metric.ts";
import { DecodeError } from "../../schema/decode-error.ts";
import { decode } from "../../schema/decode.ts";
import { applyDefaults } from "../../schema/defaults.ts";
import { isMembers } from "../../schema/json-value.ts";
import type { Message } from "../../schema/schema.ts";
import { newerMetric, olderMetric } from "./metric-conversion.ts";

const prefix = "autoscaling.alpha.kubernetes.io/";
const kept = {
  metrics: `${prefix}metrics`,
  behavior: `${prefix}behavior`,
  currentMetrics: `${prefix}current-metrics`,
  conditions: `${prefix}conditions`,
} as const;

export const autoscalerStorage: StoredAs = {
  group: "autoscaling",
  version: "v2",
  resource: "horizontalpodautoscalers",
  toStored: (object: KubernetesObject) => toNewerAutoscaler(object as HorizontalPodAutoscalerV1),
  fromStored: (object: KubernetesObject) => toOlderAutoscaler(object as HorizontalPodAutoscaler),
};

const isCpu = ({ resource }: MetricSpec): boolean =>
  resource?.name === "cpu" && resource.target.averageUtilization !== undefined;

export function toOlderAutoscaler(autoscaler: HorizontalPodAutoscaler): HorizontalPodAutoscalerV1 {
  const { metadata, spec, status } = autoscaler;
  const { metrics = [], behavior, ...bounds } = spec;
  const { currentMetrics, conditions, ...counts } = status ?? { desiredReplicas: 0 };
  const others = (metrics ?? []).filter((metric) => !isCpu(metric));
  const current = currentMetrics ?? [];
  const annotations = {
    ...metadata.annotations,
    ...annotated(
      kept.metrics,
      others.map((metric) => olderMetric(metric, "target")),
    ),
    ...annotated(
      kept.currentMetrics,
      current.map((metric) => olderMetric(metric, "current")),
    ),
    ...annotated(kept.behavior, behavior),
    ...annotated(kept.conditions, conditions),
  };
  const target = metrics?.find(isCpu)?.resource?.target.averageUtilization;
  const seen = current.find(({ resource }) => resource?.name === "cpu")?.resource?.current;
  const utilization = seen?.averageUtilization;
  return {
    kind: "HorizontalPodAutoscaler",
    apiVersion: "autoscaling/v1",
    metadata: withAnnotations(metadata, annotations),
    spec: {
      ...bounds,
      ...(target === undefined ? {} : { targetCPUUtilizationPercentage: target }),
    },
    status: {
      ...counts,
      currentReplicas: counts.currentReplicas ?? 0,
      ...(utilization === undefined ? {} : { currentCPUUtilizationPercentage: utilization }),
    },
  };
}

export function toNewerAutoscaler(autoscaler: HorizontalPodAutoscalerV1): HorizontalPodAutoscaler {
  const { metadata, spec, status } = autoscaler;
  const { targetCPUUtilizationPercentage: target, ...bounds } = spec;
  const { currentCPUUtilizationPercentage: _, ...counts } = status ?? { desiredReplicas: 0 };
  const read = (name: keyof typeof kept) => readAnnotation(metadata.annotations, kept[name]);
  const others = read("metrics").map((metric) => newerMetric(metric, "target"));
  const metrics = [
    ...fitting<MetricSpec>(metricSpec, others),
    ...(target === undefined ? [] : [cpuMetric(target)]),
  ];
  const [behavior] = fitting<Behavior>(horizontalPodAutoscalerBehavior, read("behavior"));
  const conditions = fitting<Condition>(horizontalPodAutoscalerCondition, read("conditions"));
  const seen = read("currentMetrics").map((metric) => newerMetric(metric, "current"));
  const current = fitting<MetricStatus>(metricStatus, seen);
  const annotations = { ...metadata.annotations };
  for (const name of Object.values(kept)) delete annotations[name];
  return {
    kind: "HorizontalPodAutoscaler",
    apiVersion: "autoscaling/v2",
    metadata: withAnnotations(metadata, annotations),
    spec: {
      ...bounds,
      metrics: metrics.length > 0 ? metrics : [cpuMetric(80)],
      ...(behavior ? { behavior } : {}),
    },
    status: {
      ...counts,
      currentMetrics: current.length > 0 ? current : (null as never),
      ...(conditions.length > 0 ? { conditions } : {}),
    },
  };
}

const cpuMetric = (averageUtilization: number): MetricSpec => ({
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization } },
});

const annotated = (name: string, value: object | undefined) =>
  value === undefined || (Array.isArray(value) && value.length === 0)
    ? {}
    : { [name]: JSON.stringify(value) };

/** Nothing when it is absent or no JSON, which Kubernetes passes over as well. */
function readAnnotation(annotations: { [name: string]: string } | undefined, name: string) {
  const text = annotations?.[name];
  if (text === undefined) return [];
  try {
    return [JSON.parse(text) as unknown].flat().filter(isMembers);
  } catch {
    return [];
  }
}

/** Those that are of the message's form; an annotation may hold anything. */
function fitting<T>(message: Message, values: readonly object[]): T[] {
  return values.flatMap((value) => {
    try {
      const { object } = decode<object>(message, value);
      applyDefaults(message, object);
      return [object as T];
    } catch (error) {
      if (error instanceof DecodeError) return [];
      throw error;
    }
  });
}

function withAnnotations<M extends { annotations?: { [name: string]: string } }>(
  { annotations: _, ...metadata }: M,
  annotations: { [name: string]: string },
) {
  return Object.keys(annotations).length === 0 ? metadata : { ...metadata, annotations };
}
