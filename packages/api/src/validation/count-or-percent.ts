// `2` or `25%`: how many pods, absolutely or of those that are wanted.
// @see kubernetes pkg/apis/apps/validation/validation.go ValidatePositiveIntOrPercent

import { invalid, type FieldError } from "../errors/field-error.ts";
import { percent } from "./names.ts";
import { invalidFor, nonNegative } from "./rules.ts";

export const countOrPercent = (field: string, value: number | string): FieldError[] =>
  typeof value === "string" ? invalidFor(field, value, percent(value)) : nonNegative(field, value);

export const notMoreThanAll = (field: string, value: number | string): FieldError[] =>
  typeof value === "string" && amountOf(value) > 100
    ? [invalid(field, value, "must not be greater than 100%")]
    : [];

/** Of a percentage the number before the sign; 0 for what is none. */
export function amountOf(value: number | string): number {
  if (typeof value === "number") return value;
  return percent(value).length === 0 ? Number(value.slice(0, -1)) : 0;
}
