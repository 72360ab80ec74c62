// Limit ranges: bounds that do not contradict each other.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateLimitRange

import { duplicate, forbidden, invalid, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type { LimitRange, LimitRangeItem } from "../messages/core/v1/limit-range.ts";
import { compareQuantities, formatQuantity, tryParseQuantity } from "../quantity/quantity.ts";
import type { Quantity } from "../quantity/quantity.ts";
import { labelKey } from "./label-names.ts";
import { anyResourceName, containerResourceName, mayOvercommit } from "./resources.ts";
import { each, invalidFor } from "./rules.ts";

export function validateLimitRange({ spec }: LimitRange): FieldError[] {
  const types = new Set<string>();
  return each("spec.limits", spec.limits, (path, item) => {
    const errors = typeErrors(`${path}.type`, item.type);
    if (types.has(item.type)) errors.push(duplicate(`${path}.type`, item.type));
    types.add(item.type);
    return [...errors, ...listErrors(path, item), ...boundErrors(path, item)];
  });
}

function typeErrors(field: string, type: string): FieldError[] {
  const errors = invalidFor(field, type, labelKey(type));
  const isStandard = ["Pod", "Container", "PersistentVolumeClaim"].includes(type);
  if (errors.length > 0 || type.includes("/") || isStandard) return errors;
  return [invalid(field, type, "must be a standard limit type or fully qualified")];
}

type List = "max" | "min" | "default" | "defaultRequest" | "maxLimitRequestRatio";

function listErrors(field: string, item: LimitRangeItem): FieldError[] {
  const isOfContainers = item.type === "Pod" || item.type === "Container";
  const rule = isOfContainers ? containerResourceName : anyResourceName;
  const names = (list: List) =>
    Object.keys(item[list] ?? {}).flatMap((name) => rule(`${field}.${list}[${name}]`, name));
  const errors = [...names("max"), ...names("min")];
  for (const list of ["default", "defaultRequest"] as const) {
    const isSet = Object.keys(item[list] ?? {}).length > 0;
    if (item.type !== "Pod") errors.push(...names(list));
    else if (isSet) {
      errors.push(forbidden(`${field}.${list}`, "may not be specified when `type` is 'Pod'"));
    }
  }
  const hasSize = item.min?.["storage"] !== undefined || item.max?.["storage"] !== undefined;
  if (item.type === "PersistentVolumeClaim" && !hasSize) {
    const text = "either minimum or maximum storage value is required, but neither was provided";
    errors.push(required(`${field}.limits`, text));
  }
  return [...errors, ...names("maxLimitRequestRatio")];
}

interface Bounds {
  readonly min?: Quantity | undefined;
  readonly max?: Quantity | undefined;
  readonly limit?: Quantity | undefined;
  readonly request?: Quantity | undefined;
  readonly ratio?: Quantity | undefined;
}

function boundErrors(field: string, item: LimitRangeItem): FieldError[] {
  const isPod = item.type === "Pod";
  const lists = [item.max, item.min, item.maxLimitRequestRatio];
  if (!isPod) lists.push(item.default, item.defaultRequest);
  const names = new Set(lists.flatMap((list) => Object.keys(list ?? {})));
  return [...names].flatMap((name) => {
    const of = (list: List) => tryParseQuantity(item[list]?.[name]);
    const bounds: Bounds = {
      min: of("min"),
      max: of("max"),
      ...(isPod ? {} : { limit: of("default"), request: of("defaultRequest") }),
      ratio: of("maxLimitRequestRatio"),
    };
    return [...orderErrors(field, name, bounds), ...ratioErrors(field, name, bounds)];
  });
}

function orderErrors(field: string, name: string, bounds: Bounds): FieldError[] {
  const { min, max, limit, request } = bounds;
  const errors: FieldError[] = [];
  const check = (
    list: List,
    [low, lowName]: [Quantity | undefined, string],
    [high, highName]: [Quantity | undefined, string],
    shown: Quantity | undefined,
  ) => {
    if (!low || !high || compareQuantities(low, high) <= 0) return;
    const text =
      `${lowName} value ${formatQuantity(low)} is greater than ` +
      `${highName} value ${formatQuantity(high)}`;
    errors.push(invalid(`${field}.${list}[${name}]`, formatQuantity(shown!), text));
  };
  check("min", [min, "min"], [max, "max"], min);
  check("defaultRequest", [min, "min"], [request, "default request"], request);
  check("defaultRequest", [request, "default request"], [max, "max"], request);
  check("defaultRequest", [request, "default request"], [limit, "default limit"], request);
  check("default", [min, "min"], [limit, "default"], min);
  check("default", [limit, "default"], [max, "max"], max);
  if (mayOvercommit(name) || !limit || !request || compareQuantities(limit, request) === 0) {
    return errors;
  }
  const text =
    `default value ${formatQuantity(limit)} must equal to defaultRequest value ` +
    `${formatQuantity(request)} in ${name}`;
  return [...errors, invalid(`${field}.defaultRequest[${name}]`, formatQuantity(request), text)];
}

function ratioErrors(field: string, name: string, { min, max, ratio }: Bounds): FieldError[] {
  if (!ratio) return [];
  const path = `${field}.maxLimitRequestRatio[${name}]`;
  const shown = formatQuantity(ratio);
  const errors: FieldError[] = [];
  const one = 10n ** 9n;
  if (ratio.nanos < one) errors.push(invalid(path, shown, `ratio ${shown} is less than 1`));
  if (!min || !max) return errors;
  const limit = Number(max.nanos) / Number(min.nanos);
  if (Number(ratio.nanos) / Number(one) <= limit) return errors;
  const text = `ratio ${shown} is greater than max/min = ${limit.toFixed(6)}`;
  return [...errors, invalid(path, shown, text)];
}
