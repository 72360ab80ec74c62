// Metrics in the words of autoscaling/v1, which keeps all but the processor's in annotations.
// @see kubernetes pkg/apis/autoscaling/v1/conversion.go

import { isMembers } from "../../schema/json-value.ts";
import type { MetricSpec, MetricStatus } from "../../messages/autoscaling/v2/metric.ts";

type Members = { readonly [name: string]: unknown };
type Source = "object" | "pods" | "resource" | "containerResource" | "external";

const sources: readonly Source[] = ["object", "pods", "resource", "containerResource", "external"];

/** `target…` in a spec, `current…` in a status. */
type Tense = "target" | "current";

const prefixed = (tense: Tense, name: string) =>
  `${tense}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** What the older words call the amounts of a source: newer name → older name. */
function amountNames(source: Source, tense: Tense): readonly (readonly [string, string])[] {
  if (source === "object") {
    return [
      ["value", prefixed(tense, "value")],
      ["averageValue", "averageValue"],
    ];
  }
  return ["value", "averageValue", "averageUtilization"].map((name) => [
    name,
    prefixed(tense, name),
  ]);
}

export const olderMetric = (metric: MetricSpec | MetricStatus, tense: Tense): Members =>
  convert(metric as Members, (source, from) => {
    const { target, current, metric: id, describedObject, ...rest } = from;
    const amounts = (tense === "target" ? target : current) as Members;
    const { name, selector } = (id ?? {}) as Members;
    return dropAbsent({
      ...rest,
      target: describedObject,
      metricName: name,
      [source === "external" ? "metricSelector" : "selector"]: selector,
      ...Object.fromEntries(amountNames(source, tense).map(([now, old]) => [old, amounts[now]])),
    });
  });

/** As far as the older words can be understood: an annotation may hold anything. */
export const newerMetric = (metric: Members, tense: Tense): Members =>
  convert(metric, (source, from) => {
    const { metricName, selector, metricSelector, target, name, container } = from;
    const named = amountNames(source, tense).map(([now, old]) => [now, from[old]]);
    const amounts = dropAbsent(Object.fromEntries(named));
    const chosen = selector ?? metricSelector;
    return dropAbsent({
      name,
      container,
      describedObject: target,
      ...(metricName === undefined
        ? {}
        : { metric: dropAbsent({ name: metricName, selector: chosen }) }),
      [tense]: tense === "target" ? { type: targetType(amounts), ...amounts } : amounts,
    });
  });

function targetType(amounts: Members): string {
  if (amounts["averageUtilization"] !== undefined) return "Utilization";
  return amounts["averageValue"] !== undefined ? "AverageValue" : "Value";
}

function convert(metric: Members, change: (source: Source, from: Members) => Members): Members {
  const present = sources.filter((source) => isMembers(metric[source]));
  const changed = present.map((source) => [source, change(source, metric[source] as Members)]);
  return { type: metric["type"], ...Object.fromEntries(changed) };
}

const dropAbsent = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
