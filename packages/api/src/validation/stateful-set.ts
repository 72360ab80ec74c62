// Stateful sets.
// @see kubernetes pkg/apis/apps/validation/validation.go ValidateStatefulSet

import { forbidden, invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { StatefulSet, StatefulSetSpec } from "../messages/apps/v1/stateful-set.ts";
import type { PodTemplateSpec } from "../messages/core/v1/pod.ts";
import { amountOf, countOrPercent, notMoreThanAll } from "./count-or-percent.ts";
import { validateLabelSelector } from "./labels.ts";
import { validateClaimSpec } from "./persistent-volume-claim.ts";
import { isEmptySelector, longRunning, readSelector, templateMatch } from "./pod-controller.ts";
import { validatePodTemplate } from "./pod-spec.ts";
import { each, isLabel, nonNegative } from "./rules.ts";

export function validateStatefulSet({ spec }: StatefulSet): FieldError[] {
  return [
    ...managementErrors("spec.podManagementPolicy", spec.podManagementPolicy),
    ...strategyErrors("spec.updateStrategy", spec.updateStrategy ?? {}),
    ...retentionErrors("spec.persistentVolumeClaimRetentionPolicy", spec),
    ...nonNegative("spec.replicas", spec.replicas),
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...nonNegative("spec.ordinals.start", spec.ordinals?.start),
    ...templateErrors(spec),
    ...longRunning("spec.template", spec.template, "StatefulSet"),
  ];
}

/** What may not change once it is there, so that sets of older days can still be updated. */
export const validateStatefulSetCreate = ({ spec }: StatefulSet): FieldError[] => [
  ...each("spec.volumeClaimTemplates", spec.volumeClaimTemplates, (path, claim) =>
    validateClaimSpec(`${path}.spec`, claim.spec),
  ),
  ...(spec.serviceName ? isLabel("spec.serviceName", spec.serviceName) : []),
];

const changeable = [
  ...(["replicas", "template", "updateStrategy", "minReadySeconds", "ordinals"] as const),
  ...(["revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy"] as const),
];

export function validateStatefulSetUpdate({ spec }: StatefulSet, old: StatefulSet): FieldError[] {
  const taken = changeable.map((member) => [member, old.spec[member]] as const);
  if (semanticEqual({ ...spec, ...Object.fromEntries(taken) }, old.spec)) return [];
  const text =
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', " +
    "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and " +
    "'minReadySeconds' are forbidden";
  return [forbidden("spec", text)];
}

const parts = [
  ...(["readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"] as const),
];

export function validateStatefulSetStatusUpdate({ status }: StatefulSet, old: StatefulSet) {
  const count = (member: (typeof parts)[number] | "replicas") => status?.[member] ?? 0;
  const errors = [
    ...(["replicas", ...parts] as const).flatMap((one) => nonNegative(`status.${one}`, count(one))),
    ...nonNegative("status.observedGeneration", status?.observedGeneration),
    ...nonNegative("status.collisionCount", status?.collisionCount),
    ...parts
      .filter((part) => count(part) > count("replicas"))
      .map((part) =>
        invalid(`status.${part}`, count(part), "cannot be greater than status.replicas"),
      ),
  ];
  const available = count("availableReplicas");
  if (available > count("readyReplicas")) {
    const text = "cannot be greater than status.readyReplicas";
    errors.push(invalid("status.availableReplicas", available, text));
  }
  const collisions = status?.collisionCount ?? 0;
  if (collisions >= (old.status?.collisionCount ?? 0)) return errors;
  return [...errors, invalid("status.collisionCount", collisions, "cannot be decremented")];
}

function managementErrors(field: string, policy: string | undefined): FieldError[] {
  if (!policy) return [required(field)];
  if (policy === "OrderedReady" || policy === "Parallel") return [];
  return [invalid(field, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function strategyErrors(
  field: string,
  strategy: NonNullable<StatefulSetSpec["updateStrategy"]>,
): FieldError[] {
  const { type, rollingUpdate } = strategy;
  const path = `${field}.rollingUpdate`;
  if (!type) return [required(field)];
  if (type === "OnDelete") {
    const text = "only allowed for updateStrategy 'RollingUpdate'";
    return rollingUpdate ? [invalid(path, rollingUpdate, text)] : [];
  }
  if (type !== "RollingUpdate") {
    return [invalid(field, strategy, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const { partition, maxUnavailable } = rollingUpdate ?? {};
  const errors = nonNegative(`${path}.partition`, partition);
  if (maxUnavailable === undefined) return errors;
  const most = `${path}.maxUnavailable`;
  errors.push(...countOrPercent(most, maxUnavailable));
  if (amountOf(maxUnavailable) === 0) errors.push(invalid(most, maxUnavailable, "cannot be 0"));
  return [...errors, ...notMoreThanAll(most, maxUnavailable)];
}

function retentionErrors(
  field: string,
  { persistentVolumeClaimRetentionPolicy: policy }: StatefulSetSpec,
): FieldError[] {
  if (!policy) return [];
  return (["whenDeleted", "whenScaled"] as const).flatMap((member) => {
    const value = policy[member] ?? "";
    const supported = ["Retain", "Delete"];
    return supported.includes(value) ? [] : [notSupported(`${field}.${member}`, value, supported)];
  });
}

function templateErrors(spec: StatefulSetSpec): FieldError[] {
  const { selector, template } = spec;
  const field = "spec.selector";
  const errors = selector ? validateLabelSelector(field, selector) : [required(field)];
  if (selector && isEmptySelector(selector)) {
    errors.push(invalid(field, selector, "empty selector is invalid for statefulset"));
  }
  const matcher = readSelector(selector);
  if (!matcher) return [...errors, invalid(field, selector, "")];
  return [
    ...errors,
    ...templateMatch("spec.template", template, matcher),
    ...validatePodTemplate("spec.template", asRun(spec)),
  ];
}

/** With the volumes and names that its pods will be given. */
function asRun({ template, volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplateSpec {
  const { subdomain: _, hostname: __, ...rest } = template.spec;
  if (volumeClaimTemplates.length === 0) return { ...template, spec: rest };
  const claims = volumeClaimTemplates.map(({ metadata }) => {
    const name = metadata?.name ?? "";
    return { name, persistentVolumeClaim: { claimName: name } };
  });
  const names = new Set(claims.map(({ name }) => name));
  const others = (rest.volumes ?? []).filter(({ name }) => !names.has(name));
  return { ...template, spec: { ...rest, volumes: [...claims, ...others] } };
}
