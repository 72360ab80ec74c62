// Deployments and replica sets.
// @see kubernetes pkg/apis/apps/validation/validation.go

import { forbidden, invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type { LabelSelector } from "../metadata/label-selector.ts";
import type { Deployment, DeploymentStrategy } from "../messages/apps/v1/deployment.ts";
import type { RollingUpdateDeployment } from "../messages/apps/v1/deployment.ts";
import type { ReplicaSet } from "../messages/apps/v1/replica-set.ts";
import type { PodTemplateSpec } from "../messages/core/v1/pod.ts";
import { matcherOfSelector, matchesLabels } from "../selectors/label-selector.ts";
import { amountOf, countOrPercent } from "./count-or-percent.ts";
import { validateLabelSelector } from "./labels.ts";
import { validatePodTemplate } from "./pod-spec.ts";
import { immutable, nonNegative } from "./rules.ts";

export function validateDeployment({ spec }: Deployment): FieldError[] {
  const { replicas, minReadySeconds = 0, revisionHistoryLimit, progressDeadlineSeconds } = spec;
  const errors = [
    ...nonNegative("spec.replicas", replicas),
    ...selectorErrors(spec.selector, spec.template),
    ...strategyErrors("spec.strategy", spec.strategy ?? {}),
    ...nonNegative("spec.minReadySeconds", minReadySeconds),
    ...nonNegative("spec.revisionHistoryLimit", revisionHistoryLimit),
    ...nonNegative("spec.progressDeadlineSeconds", progressDeadlineSeconds),
  ];
  if (progressDeadlineSeconds === undefined || progressDeadlineSeconds > minReadySeconds) {
    return errors;
  }
  const text = "must be greater than minReadySeconds";
  return [...errors, invalid("spec.progressDeadlineSeconds", progressDeadlineSeconds, text)];
}

export const validateReplicaSet = ({ spec }: ReplicaSet): FieldError[] => [
  ...nonNegative("spec.replicas", spec.replicas),
  ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
  ...selectorErrors(spec.selector, spec.template),
];

export const validateSelectorUpdate = (
  { spec }: Deployment | ReplicaSet,
  old: Deployment | ReplicaSet,
): FieldError[] => immutable("spec.selector", spec.selector, old.spec.selector);

export function validateDeploymentStatusUpdate(
  { status = {} }: Deployment,
  old: Deployment,
): FieldError[] {
  const errors = countErrors(status, ["updatedReplicas", "readyReplicas", "availableReplicas"]);
  const collisions = status.collisionCount ?? 0;
  if (collisions >= (old.status?.collisionCount ?? 0)) return errors;
  return [...errors, invalid("status.collisionCount", collisions, "cannot be decremented")];
}

export const validateReplicaSetStatusUpdate = ({ status }: ReplicaSet): FieldError[] =>
  countErrors(status ?? {}, ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"]);

type Counts = { readonly [member: string]: unknown };

function countErrors(status: Counts, parts: readonly string[]): FieldError[] {
  const count = (member: string) => Number(status[member] ?? 0);
  const all = ["observedGeneration", "replicas", ...parts, "unavailableReplicas"];
  const errors = [...all, "terminatingReplicas", "collisionCount"].flatMap((member) =>
    nonNegative(`status.${member}`, count(member)),
  );
  for (const part of parts) {
    if (count(part) <= count("replicas")) continue;
    const text = "cannot be greater than status.replicas";
    errors.push(invalid(`status.${part}`, count(part), text));
  }
  if (count("availableReplicas") > count("readyReplicas")) {
    const text = "cannot be greater than readyReplicas";
    errors.push(invalid("status.availableReplicas", count("availableReplicas"), text));
  }
  return errors;
}

function selectorErrors(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
): FieldError[] {
  const field = "spec.selector";
  const errors: FieldError[] = selector
    ? validateLabelSelector(field, selector)
    : [required(field)];
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const isEmpty = Object.keys(matchLabels).length + matchExpressions.length === 0;
  if (selector && isEmpty) {
    errors.push(invalid(field, selector, "empty selector is invalid for deployment"));
  }
  try {
    const matcher = matcherOfSelector(selector);
    const mustMatch = !matcher.matchesAnything || matcher.requirements.length > 0;
    const isMatch = !mustMatch || matchesLabels(matcher, template?.metadata?.labels ?? {});
    return [...errors, ...templateErrors(template, isMatch)];
  } catch {
    // What is wrong with the selector was said above; the template cannot be judged without it.
    return [...errors, invalid(field, selector, "invalid label selector")];
  }
}

function templateErrors(template: PodTemplateSpec | undefined, isMatch: boolean): FieldError[] {
  const field = "spec.template";
  if (!template) return [required(field)];
  const errors: FieldError[] = [];
  if (!isMatch) {
    const labels = template.metadata?.labels ?? null;
    const text = "`selector` does not match template `labels`";
    errors.push(invalid(`${field}.metadata.labels`, labels, text));
  }
  errors.push(...validatePodTemplate(field, template));
  const { restartPolicy, activeDeadlineSeconds } = template.spec;
  if (restartPolicy !== "Always") {
    errors.push(notSupported(`${field}.spec.restartPolicy`, restartPolicy ?? "", ["Always"]));
  }
  if (activeDeadlineSeconds !== undefined) {
    const text = "activeDeadlineSeconds in ReplicaSet is not Supported";
    errors.push(forbidden(`${field}.spec.activeDeadlineSeconds`, text));
  }
  return errors;
}

function strategyErrors(field: string, strategy: DeploymentStrategy): FieldError[] {
  const { type, rollingUpdate } = strategy;
  const path = `${field}.rollingUpdate`;
  if (type === "Recreate") {
    const text = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate ? [forbidden(path, text)] : [];
  }
  if (type !== "RollingUpdate") {
    return [notSupported(field, strategy, ["Recreate", "RollingUpdate"])];
  }
  if (rollingUpdate) return rollingErrors(path, rollingUpdate);
  return [required(path, "this should be defaulted and never be nil")];
}

function rollingErrors(
  field: string,
  { maxUnavailable = 0, maxSurge = 0 }: RollingUpdateDeployment,
) {
  const errors = [
    ...countOrPercent(`${field}.maxUnavailable`, maxUnavailable),
    ...countOrPercent(`${field}.maxSurge`, maxSurge),
  ];
  const path = `${field}.maxUnavailable`;
  if (amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0) {
    errors.push(invalid(path, maxUnavailable, "may not be 0 when `maxSurge` is 0"));
  }
  if (typeof maxUnavailable === "string" && amountOf(maxUnavailable) > 100) {
    errors.push(invalid(path, maxUnavailable, "must not be greater than 100%"));
  }
  return errors;
}
