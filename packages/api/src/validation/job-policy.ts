// When a job has failed or succeeded before all of its pods have.
// @see kubernetes pkg/apis/batch/validation/validation.go validatePodFailurePolicy

import { duplicate, invalid, notSupported, required } from "../errors/field-error.ts";
import { tooLong, tooMany, withoutValue, type FieldError } from "../errors/field-error.ts";
import type { JobSpec } from "../messages/batch/v1/job.ts";
import type {
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from "../messages/batch/v1/job-policy.ts";
import { countIndexes } from "./job-indexes.ts";
import { each, isQualifiedName, nonNegative } from "./rules.ts";

const most = { rules: 20, values: 255, patterns: 20, indexesBytes: 64 * 1024 };

export function validatePodFailurePolicy(field: string, spec: JobSpec): FieldError[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  const path = `${field}.rules`;
  const tooManyRules = rules.length > most.rules ? [tooMany(path, rules.length, most.rules)] : [];
  return [...tooManyRules, ...each(path, rules, (one, rule) => ruleErrors(one, rule, spec))];
}

function ruleErrors(field: string, rule: PodFailurePolicyRule, spec: JobSpec): FieldError[] {
  const { onExitCodes, onPodConditions = [] } = rule;
  const errors = actionErrors(`${field}.action`, rule.action, spec);
  if (onExitCodes) errors.push(...exitCodeErrors(`${field}.onExitCodes`, onExitCodes, spec));
  errors.push(...conditionErrors(`${field}.onPodConditions`, onPodConditions));
  const hasConditions = onPodConditions.length > 0;
  if (onExitCodes && hasConditions) {
    const text = "specifying both OnExitCodes and OnPodConditions is not supported";
    errors.push(withoutValue(field, text));
  }
  if (!onExitCodes && !hasConditions) {
    const text = "specifying one of OnExitCodes and OnPodConditions is required";
    errors.push(withoutValue(field, text));
  }
  return errors;
}

const listed = (values: readonly string[]) =>
  `valid values: [${values.map((one) => JSON.stringify(one)).join(" ")}]`;

function oneOfListed(field: string, value: string | undefined, values: readonly string[]) {
  if (!value) return [required(field, listed(values))];
  return values.includes(value) ? [] : [notSupported(field, value, values)];
}

const actions = ["Count", "FailIndex", "FailJob", "Ignore"];

function actionErrors(field: string, action: string, spec: JobSpec): FieldError[] {
  if (action !== "FailIndex") return oneOfListed(field, action, actions);
  if (spec.backoffLimitPerIndex !== undefined) return [];
  return [invalid(field, action, "requires the backoffLimitPerIndex to be set")];
}

function conditionErrors(
  field: string,
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
): FieldError[] {
  const count = patterns.length;
  return [
    ...(count > most.patterns ? [tooMany(field, count, most.patterns)] : []),
    ...each(field, patterns, (path, { type, status }) => [
      ...isQualifiedName(`${path}.type`, type),
      ...oneOfListed(`${path}.status`, status, ["False", "True", "Unknown"]),
    ]),
  ];
}

function exitCodeErrors(
  field: string,
  { operator, containerName, values = [] }: PodFailurePolicyOnExitCodesRequirement,
  { template }: JobSpec,
): FieldError[] {
  const errors = oneOfListed(`${field}.operator`, operator, ["In", "NotIn"]);
  const containers = [...template.spec.containers, ...(template.spec.initContainers ?? [])];
  if (containerName !== undefined && !containers.some(({ name }) => name === containerName)) {
    const text = "must be one of the container or initContainer names in the pod template";
    errors.push(invalid(`${field}.containerName`, containerName, text));
  }
  const path = `${field}.values`;
  if (values.length === 0) errors.push(invalid(path, values, "at least one value is required"));
  if (values.length > most.values) errors.push(tooMany(path, values.length, most.values));
  const seen = new Set<number>();
  for (const [i, value] of values.entries()) {
    const isZero = operator === "In" && value === 0;
    if (isZero) errors.push(invalid(`${path}[${i}]`, 0, "must not be 0 for the In operator"));
    if (seen.has(value)) errors.push(duplicate(`${path}[${i}]`, value));
    seen.add(value);
  }
  const isOrdered = values.every((value, i) => i === 0 || values[i - 1]! <= value);
  return isOrdered ? errors : [...errors, invalid(path, values, "must be ordered")];
}

export function validateSuccessPolicy(field: string, spec: JobSpec): FieldError[] {
  const policy = spec.successPolicy;
  if (spec.completionMode !== "Indexed") {
    return [invalid(field, policy, "requires indexed completion mode")];
  }
  const path = `${field}.rules`;
  const rules = policy?.rules ?? [];
  const missing = "at least one rules must be specified when the successPolicy is specified";
  return [
    ...(rules.length === 0 ? [required(path, missing)] : []),
    ...(rules.length > most.rules ? [tooMany(path, rules.length, most.rules)] : []),
    ...each(path, rules, (one, rule) => successErrors(one, rule, spec.completions ?? 0)),
  ];
}

function successErrors(field: string, rule: SuccessPolicyRule, completions: number): FieldError[] {
  const { succeededCount, succeededIndexes } = rule;
  if (succeededCount === undefined && succeededIndexes === undefined) {
    return [
      required(field, "at least one of succeededCount or succeededIndexes must be specified"),
    ];
  }
  const { total, errors } = indexErrors(`${field}.succeededIndexes`, succeededIndexes, completions);
  if (succeededCount === undefined) return errors;
  const path = `${field}.succeededCount`;
  errors.push(...nonNegative(path, succeededCount));
  const within = (limit: number, what: string) =>
    invalid(path, succeededCount, `must be less than or equal to ${limit} (${what})`);
  if (succeededCount > completions) {
    errors.push(within(completions, "the number of specified completions"));
  }
  if (succeededIndexes !== undefined && succeededCount > total) {
    const what = "the number of indexes in the specified succeededIndexes field";
    errors.push(within(total, what));
  }
  return errors;
}

function indexErrors(field: string, indexes: string | undefined, completions: number) {
  if (indexes === undefined) return { total: 0, errors: [] as FieldError[] };
  const errors = indexes.length > most.indexesBytes ? [tooLong(field, most.indexesBytes)] : [];
  const { total, problem } = countIndexes(indexes, completions);
  if (problem) errors.push(invalid(field, indexes, `error parsing succeededIndexes: ${problem}`));
  return { total, errors };
}
