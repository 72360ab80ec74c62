// Disruption budgets.
// @see kubernetes pkg/apis/policy/validation/validation.go ValidatePodDisruptionBudget

import { invalid, type FieldError } from "../errors/field-error.ts";
import type { PodDisruptionBudget } from "../messages/policy/v1/pod-disruption-budget.ts";
import { validateConditions } from "./condition.ts";
import { countOrPercent, notMoreThanAll } from "./count-or-percent.ts";
import { validateLabelSelector } from "./labels.ts";
import { nonNegative, optionalOneOf } from "./rules.ts";

export function validatePodDisruptionBudget({ spec }: PodDisruptionBudget): FieldError[] {
  const { minAvailable, maxUnavailable } = spec;
  const areBoth = minAvailable !== undefined && maxUnavailable !== undefined;
  const text = "minAvailable and maxUnavailable cannot be both set";
  const amounts = (["minAvailable", "maxUnavailable"] as const).flatMap((member) => {
    const value = spec[member];
    if (value === undefined) return [];
    const path = `spec.${member}`;
    return [...countOrPercent(path, value), ...notMoreThanAll(path, value)];
  });
  const policies = ["AlwaysAllow", "IfHealthyBudget"];
  return [
    ...(areBoth ? [invalid("spec", spec, text)] : []),
    ...amounts,
    ...validateLabelSelector("spec.selector", spec.selector),
    ...optionalOneOf("spec.unhealthyPodEvictionPolicy", spec.unhealthyPodEvictionPolicy, policies),
  ];
}

const counts = ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"] as const;

export const validatePodDisruptionBudgetStatusUpdate = ({ status }: PodDisruptionBudget) => [
  ...validateConditions("status.conditions", status?.conditions),
  ...counts.flatMap((count) => nonNegative(`status.${count}`, status?.[count])),
];
