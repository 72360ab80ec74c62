// Daemon sets.
// @see kubernetes pkg/apis/apps/validation/validation.go ValidateDaemonSet

import { invalid, notSupported, required, type FieldError } from "../errors/field-error.ts";
import type { DaemonSet, DaemonSetUpdateStrategy } from "../messages/apps/v1/daemon-set.ts";
import type { RollingUpdateDaemonSet } from "../messages/apps/v1/daemon-set.ts";
import { amountOf, countOrPercent, notMoreThanAll } from "./count-or-percent.ts";
import { validateLabelSelector } from "./labels.ts";
import { isEmptySelector, longRunning, readSelector, templateMatch } from "./pod-controller.ts";
import { validatePodTemplate } from "./pod-spec.ts";
import { immutable, nonNegative } from "./rules.ts";

export function validateDaemonSet({ spec }: DaemonSet): FieldError[] {
  const { selector, template } = spec;
  const matcher = readSelector(selector);
  const isEmpty = selector !== undefined && isEmptySelector(selector);
  const text = "empty selector is invalid for daemonset";
  return [
    ...validateLabelSelector("spec.selector", selector),
    ...(matcher ? templateMatch("spec.template", template, matcher) : []),
    ...(isEmpty ? [invalid("spec.selector", selector, text)] : []),
    ...validatePodTemplate("spec.template", template),
    ...longRunning("spec.template", template, "DaemonSet"),
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...strategyErrors("spec.updateStrategy", spec.updateStrategy ?? {}),
    ...nonNegative("spec.revisionHistoryLimit", spec.revisionHistoryLimit),
  ];
}

export const validateDaemonSetUpdate = ({ spec }: DaemonSet, old: DaemonSet): FieldError[] =>
  immutable("spec.selector", spec.selector, old.spec.selector);

const counts = [
  ...(["currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled"] as const),
  ...(["numberReady", "observedGeneration", "updatedNumberScheduled"] as const),
  ...(["numberAvailable", "numberUnavailable", "collisionCount"] as const),
];

export function validateDaemonSetStatusUpdate({ status }: DaemonSet, old: DaemonSet): FieldError[] {
  const errors = counts.flatMap((count) => nonNegative(`status.${count}`, status?.[count]));
  const collisions = status?.collisionCount ?? 0;
  if (collisions >= (old.status?.collisionCount ?? 0)) return errors;
  return [...errors, invalid("status.collisionCount", collisions, "cannot be decremented")];
}

function strategyErrors(field: string, strategy: DaemonSetUpdateStrategy): FieldError[] {
  const { type, rollingUpdate } = strategy;
  if (type === "OnDelete") return [];
  if (type !== "RollingUpdate") {
    return [notSupported(field, strategy, ["RollingUpdate", "OnDelete"])];
  }
  const path = `${field}.rollingUpdate`;
  return rollingUpdate ? rollingErrors(path, rollingUpdate) : [required(path)];
}

function rollingErrors(
  field: string,
  { maxUnavailable = 0, maxSurge = 0 }: RollingUpdateDaemonSet,
): FieldError[] {
  const [unavailable, surge] = [`${field}.maxUnavailable`, `${field}.maxSurge`];
  const errors = [
    ...countOrPercent(unavailable, maxUnavailable),
    ...countOrPercent(surge, maxSurge),
    ...notMoreThanAll(unavailable, maxUnavailable),
    ...notMoreThanAll(surge, maxSurge),
  ];
  const [hasUnavailable, hasSurge] = [amountOf(maxUnavailable) !== 0, amountOf(maxSurge) !== 0];
  if (hasUnavailable && hasSurge) {
    errors.push(invalid(surge, maxSurge, "may not be set when maxUnavailable is non-zero"));
  }
  if (hasUnavailable || hasSurge) return errors;
  return [...errors, required(unavailable, "cannot be 0 when maxSurge is 0")];
}
