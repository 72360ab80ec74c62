// What an autoscaler looks at: one source, of the type that it says, with a target.
// @see kubernetes pkg/apis/autoscaling/validation/validation.go validateMetricSpec

import { forbidden, invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type {
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
} from "../messages/autoscaling/v2/metric.ts";
import { tryParseQuantity } from "../quantity/quantity.ts";
import { pathSegment } from "./names.ts";
import { containerResourceName } from "./resources.ts";
import { invalidFor, isLabel } from "./rules.ts";
import { validateTarget } from "./scale-target.ts";

const sources = ["object", "external", "pods", "resource", "containerResource"] as const;
type Source = (typeof sources)[number];

const types = ["ContainerResource", "External", "Object", "Pods", "Resource"];
const sourceOf = (type: string) => `${type.charAt(0).toLowerCase()}${type.slice(1)}`;

export function validateMetric(field: string, metric: MetricSpec): FieldError[] {
  const { type } = metric;
  const present = sources.filter((source) => metric[source] !== undefined);
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${field}.type`, "must specify a metric source type"));
  if (!types.includes(type)) errors.push(notSupported(`${field}.type`, type ?? "", types));
  if (present[0]) errors.push(...sourceErrors(`${field}.${present[0]}`, metric, present[0]));
  const expected = sourceOf(type ?? "");
  if (types.includes(type) && !(present as string[]).includes(expected)) {
    const text = "must populate information for the given metric source";
    errors.push(required(`${field}.${expected}`, text));
  }
  if (present.length === 1) return errors;
  const others = present.filter((source) => source !== expected);
  const text = "must populate the given metric source only";
  return [...errors, ...others.map((source) => forbidden(`${field}.${source}`, text))];
}

function sourceErrors(field: string, metric: MetricSpec, source: Source): FieldError[] {
  const { object, external, pods, resource, containerResource } = metric;
  switch (source) {
    case "object":
      return [
        ...validateTarget(`${field}.describedObject`, object!.describedObject),
        ...identifierErrors(`${field}.metric`, object!.metric),
        ...eitherValue(field, object!.target, "must set either a target value or averageValue"),
      ];
    case "external":
      return [
        ...identifierErrors(`${field}.metric`, external!.metric),
        ...externalErrors(field, external!.target),
      ];
    case "pods":
      return [
        ...identifierErrors(`${field}.metric`, pods!.metric),
        ...targetErrors(`${field}.target`, pods!.target),
        ...(pods!.target.averageValue
          ? []
          : [
              required(
                `${field}.target.averageValue`,
                "must specify a positive target averageValue",
              ),
            ]),
      ];
    case "resource":
      return resourceErrors(field, resource!);
    case "containerResource":
      return [
        ...resourceErrors(field, containerResource!),
        ...(containerResource!.name
          ? containerResourceName(`${field}.name`, containerResource!.name)
          : []),
        ...(containerResource!.container
          ? isLabel(`${field}.container`, containerResource!.container)
          : [required(`${field}.container`, "must specify a container")]),
      ];
  }
}

function eitherValue(field: string, target: MetricTarget, text: string): FieldError[] {
  const errors = targetErrors(`${field}.target`, target);
  if (target.value || target.averageValue) return errors;
  return [...errors, required(`${field}.target.averageValue`, text)];
}

function externalErrors(field: string, target: MetricTarget): FieldError[] {
  const either = "must set either a target value for metric or a per-pod target";
  const both = "may not set both a target value for metric and a per-pod target";
  const errors = eitherValue(field, target, either);
  if (!target.value || !target.averageValue) return errors;
  return [...errors, forbidden(`${field}.target.value`, both)];
}

function resourceErrors(
  field: string,
  { name, target }: { name: string; target: MetricTarget },
): FieldError[] {
  const errors = name ? [] : [required(`${field}.name`, "must specify a resource name")];
  errors.push(...targetErrors(`${field}.target`, target));
  const { averageUtilization, averageValue } = target;
  if (averageUtilization === undefined && averageValue === undefined) {
    const text = "must set either a target raw value or a target utilization";
    errors.push(required(`${field}.target.averageUtilization`, text));
  }
  if (averageUtilization === undefined || averageValue === undefined) return errors;
  const text = "may not set both a target raw value and a target utilization";
  return [...errors, forbidden(`${field}.target.averageValue`, text)];
}

function targetErrors(field: string, target: MetricTarget): FieldError[] {
  const { type, averageUtilization } = target;
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${field}.type`, "must specify a metric target type"));
  if (!["Utilization", "Value", "AverageValue"].includes(type)) {
    const text = "must be either Utilization, Value, or AverageValue";
    errors.push(invalid(`${field}.type`, type ?? "", text));
  }
  for (const member of ["value", "averageValue"] as const) {
    const amount = tryParseQuantity(target[member]);
    if (amount === undefined || amount.nanos > 0n) continue;
    errors.push(invalid(`${field}.${member}`, target[member], "must be positive"));
  }
  if (averageUtilization === undefined || averageUtilization >= 1) return errors;
  const path = `${field}.averageUtilization`;
  return [...errors, invalid(path, averageUtilization, "must be greater than 0")];
}

function identifierErrors(field: string, { name }: MetricIdentifier): FieldError[] {
  if (!name) return [required(`${field}.name`, "must specify a metric name")];
  return invalidFor(`${field}.name`, name, pathSegment(name));
}
