// Priority classes and runtime classes.
// @see kubernetes pkg/apis/scheduling/validation/validation.go, pkg/apis/node/validation/validation.go

import { duplicate, forbidden, required, type FieldError } from "../errors/field-error.ts";
import type { Toleration } from "../messages/core/v1/pod-spec.ts";
import type { RuntimeClass } from "../messages/node/v1/runtime-class.ts";
import type { PriorityClass } from "../messages/scheduling/v1/priority-class.ts";
import { systemPriorityClasses } from "../scheduling/system-priority.ts";
import { validateLabels } from "./labels.ts";
import { validateResourceRequirements } from "./resources.ts";
import { immutable, isLabel, optionalOneOf } from "./rules.ts";
import { validateTolerations } from "./scheduling.ts";

const highestOfUsers = 1_000_000_000;
const reserved = "system-";

export function validatePriorityClass(priorityClass: PriorityClass): FieldError[] {
  const { metadata, value = 0, preemptionPolicy } = priorityClass;
  const policies = ["PreemptLowerPriority", "Never"];
  const tooHigh = `maximum allowed value of a user defined priority is ${highestOfUsers}`;
  const errors = metadata.name?.startsWith(reserved)
    ? reservedErrors(priorityClass)
    : value > highestOfUsers
      ? [forbidden("value", tooHigh)]
      : [];
  return [...errors, ...optionalOneOf("preemptionPolicy", preemptionPolicy, policies)];
}

/** Names of the system's own classes are for them alone, as they are. */
function reservedErrors({ metadata, value, globalDefault }: PriorityClass): FieldError[] {
  const { name = "" } = metadata;
  const known = systemPriorityClasses.find((one) => one.name === name);
  const problem = !known
    ? `${name} is not a known system priority class`
    : known.value !== value
      ? `value of ${name} PriorityClass must be ${known.value}`
      : globalDefault === true
        ? `globalDefault of ${name} PriorityClass must be false`
        : "";
  if (problem === "") return [];
  const text = `priority class names with '${reserved}' prefix are reserved for system use only`;
  return [forbidden("metadata.name", `${text}. error: ${problem}`)];
}

export const validatePriorityClassUpdate = (now: PriorityClass, old: PriorityClass) => [
  ...(now.value === old.value ? [] : [forbidden("value", "may not be changed in an update.")]),
  ...immutable("preemptionPolicy", now.preemptionPolicy, old.preemptionPolicy),
];

export function validateRuntimeClass({ handler, overhead, scheduling }: RuntimeClass) {
  return [
    ...(handler ? isLabel("handler", handler) : [required("handler")]),
    ...(overhead
      ? validateResourceRequirements("overhead", { limits: overhead.podFixed ?? {} })
      : []),
    ...validateLabels("scheduling.nodeSelector", scheduling?.nodeSelector),
    ...tolerationErrors("scheduling.tolerations", scheduling?.tolerations ?? []),
  ];
}

export const validateRuntimeClassUpdate = (now: RuntimeClass, old: RuntimeClass): FieldError[] =>
  immutable("handler", now.handler, old.handler);

function tolerationErrors(field: string, tolerations: readonly Toleration[]): FieldError[] {
  const seen = new Set<string>();
  const errors = validateTolerations(field, tolerations);
  for (const [i, toleration] of tolerations.entries()) {
    const { key = "", operator = "", value = "", effect = "" } = toleration;
    const one = JSON.stringify([key, operator, value, effect]);
    if (seen.has(one)) errors.push(duplicate(`${field}[${i}]`, toleration));
    seen.add(one);
  }
  return errors;
}
