// What an autoscaler refers to: another object, by kind and name.
// @see kubernetes pkg/apis/autoscaling/validation/validation.go ValidateCrossVersionObjectReference

import { required, type FieldError } from "../errors/field-error.ts";
import type { CrossVersionObjectReference } from "../messages/autoscaling/v2/reference.ts";
import { pathSegment } from "./names.ts";
import { invalidFor } from "./rules.ts";

export function validateTarget(
  field: string,
  { kind, name }: CrossVersionObjectReference,
): FieldError[] {
  const segment = (path: string, value: string) =>
    value ? invalidFor(path, value, pathSegment(value)) : [required(path)];
  return [...segment(`${field}.kind`, kind), ...segment(`${field}.name`, name)];
}
