// Controller revisions: data that never changes.
// @see kubernetes pkg/apis/apps/validation/validation.go ValidateControllerRevisionCreate

import { required, type FieldError } from "../errors/field-error.ts";
import type { ControllerRevision } from "../messages/apps/v1/controller-revision.ts";
import { immutable, nonNegative } from "./rules.ts";

export const validateControllerRevision = ({ revision }: ControllerRevision): FieldError[] =>
  nonNegative("revision", revision);

export function validateControllerRevisionCreate({ data }: ControllerRevision): FieldError[] {
  if (data === undefined || data === null) return [required("data", "data is mandatory")];
  const isObject = typeof data === "object" && !Array.isArray(data);
  return isObject ? [] : [required("data", "data must be a valid JSON object")];
}

export const validateControllerRevisionUpdate = (
  now: ControllerRevision,
  old: ControllerRevision,
) => immutable("data", now.data, old.data);
