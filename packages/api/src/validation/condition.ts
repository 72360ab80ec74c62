// Conditions of the newer kind, which say why and since when.
// @see kubernetes apimachinery/pkg/apis/meta/v1/validation/validation.go ValidateConditions

import { duplicate, invalid, notSupported, required } from "../errors/field-error.ts";
import { tooLong, type FieldError } from "../errors/field-error.ts";
import type { Condition } from "../metadata/condition.ts";
import { each, isQualifiedName } from "./rules.ts";
import { notMatching } from "./texts.ts";

const longestReason = 1024;
const longestMessage = 32 * 1024;
const reasonPattern = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
const reasonExpression = new RegExp(`^${reasonPattern}$`);

export function validateConditions(field: string, conditions: readonly Condition[] | undefined) {
  const types = new Set<string>();
  return each(field, conditions, (path, condition) => {
    const errors = types.has(condition.type) ? [duplicate(`${path}.type`, condition.type)] : [];
    types.add(condition.type);
    return [...errors, ...conditionErrors(path, condition)];
  });
}

function conditionErrors(field: string, condition: Condition): FieldError[] {
  const { type, status, observedGeneration = 0, lastTransitionTime, message = "" } = condition;
  const errors = isQualifiedName(`${field}.type`, type);
  const statuses = ["False", "True", "Unknown"];
  if (!statuses.includes(status)) errors.push(notSupported(`${field}.status`, status, statuses));
  if (observedGeneration < 0) {
    const text = "must be greater than or equal to zero";
    errors.push(invalid(`${field}.observedGeneration`, observedGeneration, text));
  }
  if (!lastTransitionTime) errors.push(required(`${field}.lastTransitionTime`));
  errors.push(...reasonErrors(`${field}.reason`, condition.reason));
  if (message.length > longestMessage) errors.push(tooLong(`${field}.message`, longestMessage));
  return errors;
}

function reasonErrors(field: string, reason: string | undefined): FieldError[] {
  if (!reason) return [required(field)];
  const rule =
    "a condition reason must start with alphabetic character, optionally followed by a string of " +
    "alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'";
  const examples = ["my_name", "MY_NAME", "MyName", "ReasonA,ReasonB", "ReasonA:ReasonB"];
  return [
    ...(reasonExpression.test(reason)
      ? []
      : [invalid(field, reason, notMatching(rule, reasonPattern, ...examples))]),
    ...(reason.length > longestReason ? [tooLong(field, longestReason)] : []),
  ];
}
