// The table of autoscalers.

import type { Column } from "../kind.ts";
import type { HorizontalPodAutoscaler } from "../messages/autoscaling/v2/horizontal-pod-autoscaler.ts";
import type { MetricSpec, MetricStatus } from "../messages/autoscaling/v2/metric.ts";
import { column } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const horizontalPodAutoscalerColumns: readonly Column<HorizontalPodAutoscaler>[] = [
  nameColumn,
  column("Reference", "What it scales", ({ spec: { scaleTargetRef: target } }) =>
    target ? `${target.kind}/${target.name}` : "/",
  ),
  column("Targets", "What it sees of what it aims for", metricsText),
  column("MinPods", "Replicas at least", ({ spec }) => String(spec.minReplicas ?? "<unset>")),
  column("MaxPods", "Replicas at most", ({ spec }) => spec.maxReplicas ?? 0),
  column("Replicas", "Replicas now", ({ status }) => status?.currentReplicas ?? 0),
  ageColumn,
];

const shown = 2;

function metricsText({ spec, status }: HorizontalPodAutoscaler): string {
  const metrics = spec.metrics ?? [];
  if (metrics.length === 0) return "<none>";
  const texts = metrics.map((metric, i) => metricText(metric, status?.currentMetrics?.[i]));
  const first = texts.slice(0, shown).join(", ");
  return texts.length > shown ? `${first} + ${texts.length - shown} more...` : first;
}

function metricText(metric: MetricSpec, seen: MetricStatus | undefined): string {
  const { object, pods, external, resource, containerResource } = metric;
  const unknown = "<unknown>";
  const utilization = (value: number | undefined, none: string) =>
    value === undefined ? none : `${value}%`;
  const measured = resource ?? containerResource;
  if (measured) {
    const current = (seen?.resource ?? seen?.containerResource)?.current;
    const { averageValue, averageUtilization } = measured.target;
    const amounts =
      averageValue === undefined
        ? `${utilization(current?.averageUtilization, unknown)}/${utilization(averageUtilization, "<auto>")}`
        : `${current?.averageValue ?? unknown}/${averageValue}`;
    return `${measured.name}: ${amounts}`;
  }
  if (pods) {
    return `${seen?.pods?.current.averageValue ?? unknown}/${pods.target.averageValue ?? ""}`;
  }
  const counted = object ?? external;
  if (!counted) return "<unknown type>";
  const current = (seen?.object ?? seen?.external)?.current;
  const { averageValue, value } = counted.target;
  return averageValue === undefined
    ? `${current?.value ?? unknown}/${value ?? ""}`
    : `${current?.averageValue ?? unknown}/${averageValue} (avg)`;
}
