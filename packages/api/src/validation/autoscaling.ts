// Autoscalers: bounds, metrics, and how fast they may go.
// @see kubernetes pkg/apis/autoscaling/validation/validation.go

import { invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type {
  HorizontalPodAutoscaler,
  HPAScalingPolicy,
  HPAScalingRules,
} from "../messages/autoscaling/v2/horizontal-pod-autoscaler.ts";
import type { CrossVersionObjectReference } from "../messages/autoscaling/v2/reference.ts";
import { tryParseQuantity } from "../quantity/quantity.ts";
import { validateMetric } from "./metric.ts";
import { validateTarget } from "./scale-target.ts";
import { each, nonNegative, optionalOneOf } from "./rules.ts";
import { isNegative } from "./texts.ts";

export function validateHorizontalPodAutoscaler({ spec }: HorizontalPodAutoscaler): FieldError[] {
  const { minReplicas, maxReplicas = 0, scaleTargetRef: target } = spec;
  const errors: FieldError[] = [];
  const max = "spec.maxReplicas";
  if (minReplicas !== undefined && minReplicas < 1) {
    errors.push(invalid("spec.minReplicas", minReplicas, "must be greater than or equal to 1"));
  }
  if (maxReplicas === 0) errors.push(required(max, "must be set and greater than 0"));
  if (maxReplicas < 0) {
    errors.push(invalid(max, maxReplicas, "must be greater than or equal to 1"));
  }
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.push(invalid(max, maxReplicas, "must be greater than or equal to `minReplicas`"));
  }
  return [
    ...errors,
    ...validateTarget("spec.scaleTargetRef", target ?? { kind: "", name: "" }),
    ...each("spec.metrics", spec.metrics, validateMetric),
    ...ruleErrors("spec.behavior.scaleUp", spec.behavior?.scaleUp),
    ...ruleErrors("spec.behavior.scaleDown", spec.behavior?.scaleDown),
  ];
}

/** Of a new target; an old one may stay as it is. */
export const validateAutoscalerCreate = ({ spec }: HorizontalPodAutoscaler): FieldError[] =>
  groupErrors("spec.scaleTargetRef.apiVersion", spec.scaleTargetRef);

export function validateAutoscalerUpdate(
  { spec }: HorizontalPodAutoscaler,
  old: HorizontalPodAutoscaler,
): FieldError[] {
  const [now, before] = [spec.scaleTargetRef, old.spec.scaleTargetRef];
  if (now?.kind === before?.kind && now?.apiVersion === before?.apiVersion) return [];
  return groupErrors("spec.scaleTargetRef.apiVersion", now);
}

export const validateAutoscalerStatusUpdate = ({ status }: HorizontalPodAutoscaler) => [
  ...nonNegative("status.currentReplicas", status?.currentReplicas),
  ...nonNegative("status.desiredReplicas", status?.desiredReplicas),
];

function groupErrors(field: string, target: CrossVersionObjectReference | undefined): FieldError[] {
  const { apiVersion = "", kind } = target ?? {};
  const parts = apiVersion.split("/");
  if (parts.length > 2) {
    return [invalid(field, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)];
  }
  const hasGroup = parts.length === 2 && parts[0] !== "";
  if (hasGroup || kind === "ReplicationController") return [];
  return [invalid(field, apiVersion, "apiVersion must specify API group")];
}

const longestWindow = 3600;
const longestPeriod = 1800;

function ruleErrors(field: string, rules: HPAScalingRules | undefined): FieldError[] {
  if (!rules) return [];
  const { stabilizationWindowSeconds: seconds, selectPolicy, policies = [], tolerance } = rules;
  const path = `${field}.stabilizationWindowSeconds`;
  const errors: FieldError[] = [];
  if (seconds !== undefined && seconds < 0) {
    errors.push(invalid(path, seconds, "must be greater than or equal to zero"));
  }
  if (seconds !== undefined && seconds > longestWindow) {
    errors.push(invalid(path, seconds, `must be less than or equal to ${longestWindow}`));
  }
  const choices = ["Disabled", "Max", "Min"];
  errors.push(...optionalOneOf(`${field}.selectPolicy`, selectPolicy, choices));
  if (policies.length === 0) {
    errors.push(required(`${field}.policies`, "must specify at least one Policy"));
  }
  errors.push(...each(`${field}.policies`, policies, policyErrors));
  const amount = tryParseQuantity(tolerance);
  if (amount === undefined || amount.nanos >= 0n) return errors;
  return [...errors, invalid(`${field}.tolerance`, tolerance, isNegative)];
}

function policyErrors(field: string, { type, value, periodSeconds }: HPAScalingPolicy) {
  const types = ["Percent", "Pods"];
  const errors = types.includes(type) ? [] : [notSupported(`${field}.type`, type, types)];
  if (value <= 0) errors.push(invalid(`${field}.value`, value, "must be greater than zero"));
  const path = `${field}.periodSeconds`;
  if (periodSeconds <= 0) errors.push(invalid(path, periodSeconds, "must be greater than zero"));
  if (periodSeconds <= longestPeriod) return errors;
  return [
    ...errors,
    invalid(path, periodSeconds, `must be less than or equal to ${longestPeriod}`),
  ];
}
