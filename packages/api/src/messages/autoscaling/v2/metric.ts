// What an autoscaler looks at, what it aims for and what it has seen.

import { int32, message, quantity, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { crossVersionObjectReference, type CrossVersionObjectReference } from "./reference.ts";

export const metricSpec = message("io.k8s.api.autoscaling.v2.MetricSpec", {
  type: string(1).required(),
  object: ref<ObjectMetricSource>(2, () => objectMetricSource),
  pods: ref<PodsMetricSource>(3, () => podsMetricSource),
  resource: ref<ResourceMetricSource>(4, () => resourceMetricSource),
  containerResource: ref<ContainerResourceMetricSource>(7, () => containerResourceMetricSource),
  external: ref<ExternalMetricSource>(5, () => externalMetricSource),
});
export interface MetricSpec extends TypeOf<typeof metricSpec> {}

export const objectMetricSource = message("io.k8s.api.autoscaling.v2.ObjectMetricSource", {
  describedObject: ref<CrossVersionObjectReference>(1, () => crossVersionObjectReference)
    .required()
    .default({}),
  target: ref<MetricTarget>(2, () => metricTarget)
    .required()
    .default({}),
  metric: ref<MetricIdentifier>(3, () => metricIdentifier)
    .required()
    .default({}),
});
export interface ObjectMetricSource extends TypeOf<typeof objectMetricSource> {}

export const podsMetricSource = message("io.k8s.api.autoscaling.v2.PodsMetricSource", {
  metric: ref<MetricIdentifier>(1, () => metricIdentifier)
    .required()
    .default({}),
  target: ref<MetricTarget>(2, () => metricTarget)
    .required()
    .default({}),
});
export interface PodsMetricSource extends TypeOf<typeof podsMetricSource> {}

export const resourceMetricSource = message("io.k8s.api.autoscaling.v2.ResourceMetricSource", {
  name: string(1).required(),
  target: ref<MetricTarget>(2, () => metricTarget)
    .required()
    .default({}),
});
export interface ResourceMetricSource extends TypeOf<typeof resourceMetricSource> {}

export const containerResourceMetricSource = message(
  "io.k8s.api.autoscaling.v2.ContainerResourceMetricSource",
  {
    name: string(1).required(),
    target: ref<MetricTarget>(2, () => metricTarget)
      .required()
      .default({}),
    container: string(3).required(),
  },
);
export interface ContainerResourceMetricSource extends TypeOf<
  typeof containerResourceMetricSource
> {}

export const externalMetricSource = message("io.k8s.api.autoscaling.v2.ExternalMetricSource", {
  metric: ref<MetricIdentifier>(1, () => metricIdentifier)
    .required()
    .default({}),
  target: ref<MetricTarget>(2, () => metricTarget)
    .required()
    .default({}),
});
export interface ExternalMetricSource extends TypeOf<typeof externalMetricSource> {}

export const metricIdentifier = message("io.k8s.api.autoscaling.v2.MetricIdentifier", {
  name: string(1).required(),
  selector: ref<LabelSelector>(2, () => labelSelector),
});
export interface MetricIdentifier extends TypeOf<typeof metricIdentifier> {}

export const metricTarget = message("io.k8s.api.autoscaling.v2.MetricTarget", {
  type: string(1).required(),
  value: quantity(2),
  averageValue: quantity(3),
  averageUtilization: int32(4).explicit(),
});
export interface MetricTarget extends TypeOf<typeof metricTarget> {}

export const metricStatus = message("io.k8s.api.autoscaling.v2.MetricStatus", {
  type: string(1).required(),
  object: ref<ObjectMetricStatus>(2, () => objectMetricStatus),
  pods: ref<PodsMetricStatus>(3, () => podsMetricStatus),
  resource: ref<ResourceMetricStatus>(4, () => resourceMetricStatus),
  containerResource: ref<ContainerResourceMetricStatus>(7, () => containerResourceMetricStatus),
  external: ref<ExternalMetricStatus>(5, () => externalMetricStatus),
});
export interface MetricStatus extends TypeOf<typeof metricStatus> {}

export const objectMetricStatus = message("io.k8s.api.autoscaling.v2.ObjectMetricStatus", {
  metric: ref<MetricIdentifier>(1, () => metricIdentifier)
    .required()
    .default({}),
  current: ref<MetricValueStatus>(2, () => metricValueStatus)
    .required()
    .default({}),
  describedObject: ref<CrossVersionObjectReference>(3, () => crossVersionObjectReference)
    .required()
    .default({}),
});
export interface ObjectMetricStatus extends TypeOf<typeof objectMetricStatus> {}

export const podsMetricStatus = message("io.k8s.api.autoscaling.v2.PodsMetricStatus", {
  metric: ref<MetricIdentifier>(1, () => metricIdentifier)
    .required()
    .default({}),
  current: ref<MetricValueStatus>(2, () => metricValueStatus)
    .required()
    .default({}),
});
export interface PodsMetricStatus extends TypeOf<typeof podsMetricStatus> {}

export const resourceMetricStatus = message("io.k8s.api.autoscaling.v2.ResourceMetricStatus", {
  name: string(1).required(),
  current: ref<MetricValueStatus>(2, () => metricValueStatus)
    .required()
    .default({}),
});
export interface ResourceMetricStatus extends TypeOf<typeof resourceMetricStatus> {}

export const containerResourceMetricStatus = message(
  "io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus",
  {
    name: string(1).required(),
    current: ref<MetricValueStatus>(2, () => metricValueStatus)
      .required()
      .default({}),
    container: string(3).required(),
  },
);
export interface ContainerResourceMetricStatus extends TypeOf<
  typeof containerResourceMetricStatus
> {}

export const externalMetricStatus = message("io.k8s.api.autoscaling.v2.ExternalMetricStatus", {
  metric: ref<MetricIdentifier>(1, () => metricIdentifier)
    .required()
    .default({}),
  current: ref<MetricValueStatus>(2, () => metricValueStatus)
    .required()
    .default({}),
});
export interface ExternalMetricStatus extends TypeOf<typeof externalMetricStatus> {}

export const metricValueStatus = message("io.k8s.api.autoscaling.v2.MetricValueStatus", {
  value: quantity(1),
  averageValue: quantity(2),
  averageUtilization: int32(3).explicit(),
});
export interface MetricValueStatus extends TypeOf<typeof metricValueStatus> {}
