// Jobs: how many pods, how often they may fail, and what may change of it.
// @see kubernetes pkg/apis/batch/validation/validation.go ValidateJob

import { invalid, notSupported, required, tooLong } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type { Job, JobSpec } from "../messages/batch/v1/job.ts";
import type { PodTemplateSpec } from "../messages/core/v1/pod.ts";
import { matcherOfSelector, matchesLabels } from "../selectors/label-selector.ts";
import { validateDomainPath } from "./domain-path.ts";
import { validatePodFailurePolicy, validateSuccessPolicy } from "./job-policy.ts";
import { validateLabelSelector } from "./labels.ts";
import { dns1123Label } from "./names.ts";
import { validatePodTemplate } from "./pod-spec.ts";
import { immutable, nonNegative, optionalOneOf } from "./rules.ts";

const mostParallelIndexed = 100_000;
const manyCompletions = 100_000;
const mostForManyCompletions = 10_000;

export const validateJob = ({ spec }: Job): FieldError[] => [
  ...validateJobSpec("spec", spec),
  ...selectorErrors(spec),
];

export function validateJobCreate(job: Job): FieldError[] {
  const { metadata, spec } = job;
  const errors = generatedSelectorErrors(job);
  if (spec.completionMode !== "Indexed" || !spec.completions) return errors;
  const last = `${metadata.name ?? ""}-${spec.completions - 1}`;
  if (dns1123Label(last).length === 0) return errors;
  const text = `will not able to create pod with invalid DNS label: ${last}`;
  return [...errors, invalid("metadata.name", metadata.name ?? "", text)];
}

/** Users may set the labels that a job finds its pods by, but only to what they would be anyway. */
function generatedSelectorErrors({ metadata, spec }: Job): FieldError[] {
  if (spec.manualSelector === true || !spec.selector) return [];
  const { uid = "", name = "" } = metadata;
  const wanted = [
    ["controller-uid", uid],
    ["job-name", name],
    ["batch.kubernetes.io/controller-uid", uid],
    ["batch.kubernetes.io/job-name", name],
  ] as const;
  const { labels } = spec.template.metadata ?? {};
  const errors = wanted.flatMap(([key, value]) => {
    const field = `spec.template.metadata.labels[${key}]`;
    const text = `must be '${value}'`;
    if (labels === undefined || !Object.hasOwn(labels, key)) return [required(field, text)];
    return labels[key] === value ? [] : [invalid(field, labels, text)];
  });
  if (isMatch(spec.selector, Object.fromEntries(wanted)) !== false) return errors;
  return [...errors, invalid("spec.selector", spec.selector, "`selector` not auto-generated")];
}

function selectorErrors({ selector, template }: JobSpec): FieldError[] {
  const errors = selector
    ? validateLabelSelector("spec.selector", selector)
    : [required("spec.selector")];
  const { labels } = template.metadata ?? {};
  if (isMatch(selector, labels) !== false) return errors;
  const text = "`selector` does not match template `labels`";
  return [...errors, invalid("spec.template.metadata.labels", labels ?? null, text)];
}

/** Undefined when the selector cannot be read, which is an error of its own. */
function isMatch(selector: JobSpec["selector"], labels: { [key: string]: string } | undefined) {
  try {
    return matchesLabels(matcherOfSelector(selector), labels ?? {});
  } catch {
    return undefined;
  }
}

/** Of a job or of a template for jobs. */
export function validateJobSpec(field: string, spec: JobSpec): FieldError[] {
  const counts = [
    ...(["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit"] as const),
    ...(["ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes"] as const),
  ];
  const errors = counts.flatMap((member) => nonNegative(`${field}.${member}`, spec[member]));
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    errors.push(required(`${field}.backoffLimitPerIndex`, "when maxFailedIndexes is specified"));
  }
  return [
    ...errors,
    ...managedByErrors(`${field}.managedBy`, spec.managedBy),
    ...completionModeErrors(field, spec),
    ...(spec.podFailurePolicy ? validatePodFailurePolicy(`${field}.podFailurePolicy`, spec) : []),
    ...(spec.successPolicy ? validateSuccessPolicy(`${field}.successPolicy`, spec) : []),
    ...replacementErrors(`${field}.podReplacementPolicy`, spec),
    ...validatePodTemplate(`${field}.template`, spec.template),
    ...restartPolicyErrors(`${field}.template.spec.restartPolicy`, spec),
  ];
}

function managedByErrors(field: string, managedBy: string | undefined): FieldError[] {
  if (managedBy === undefined) return [];
  const errors = validateDomainPath(field, managedBy);
  return managedBy.length > 63 ? [...errors, tooLong(field, 63)] : errors;
}

function completionModeErrors(field: string, spec: JobSpec): FieldError[] {
  const { completionMode, backoffLimitPerIndex, maxFailedIndexes } = spec;
  const modes = ["NonIndexed", "Indexed"];
  const errors = optionalOneOf(`${field}.completionMode`, completionMode, modes);
  if (completionMode === "Indexed") return [...errors, ...indexedErrors(field, spec)];
  if (completionMode !== undefined && completionMode !== "NonIndexed") return errors;
  const text = "requires indexed completion mode";
  if (backoffLimitPerIndex !== undefined) {
    errors.push(invalid(`${field}.backoffLimitPerIndex`, backoffLimitPerIndex, text));
  }
  if (maxFailedIndexes !== undefined) {
    errors.push(invalid(`${field}.maxFailedIndexes`, maxFailedIndexes, text));
  }
  return errors;
}

function indexedErrors(field: string, spec: JobSpec): FieldError[] {
  const { completions, parallelism = 0, maxFailedIndexes, backoffLimitPerIndex } = spec;
  const errors: FieldError[] = [];
  const tooHigh = (member: string, value: number, limit: number, when = "") =>
    errors.push(
      invalid(`${field}.${member}`, value, `must be less than or equal to ${limit}${when}`),
    );
  const failed = maxFailedIndexes ?? 0;
  if (completions === undefined) {
    errors.push(required(`${field}.completions`, "when completion mode is Indexed"));
  }
  if (parallelism > mostParallelIndexed) {
    tooHigh("parallelism", parallelism, mostParallelIndexed, " when completion mode is Indexed");
  }
  if (completions !== undefined && failed > completions) {
    const text = "must be less than or equal to completions";
    errors.push(invalid(`${field}.maxFailedIndexes`, failed, text));
  }
  if (failed > mostParallelIndexed) tooHigh("maxFailedIndexes", failed, mostParallelIndexed);
  if (backoffLimitPerIndex === undefined || (completions ?? 0) <= manyCompletions) return errors;
  const when = ` when completions are above ${manyCompletions} and used with backoff limit per index`;
  if (maxFailedIndexes === undefined) {
    const text = `must be specified when completions is above ${manyCompletions}`;
    errors.push(required(`${field}.maxFailedIndexes`, text));
  }
  const limit = mostForManyCompletions;
  if (parallelism > limit) tooHigh("parallelism", parallelism, limit, when);
  if (failed > limit) tooHigh("maxFailedIndexes", failed, limit, when);
  return errors;
}

function replacementErrors(field: string, { podReplacementPolicy, podFailurePolicy }: JobSpec) {
  const policies = podFailurePolicy ? ["Failed"] : ["Failed", "TerminatingOrFailed"];
  return optionalOneOf(field, podReplacementPolicy, policies);
}

function restartPolicyErrors(field: string, { template, podFailurePolicy }: JobSpec): FieldError[] {
  const policy = template.spec.restartPolicy ?? "";
  const supported = ["OnFailure", "Never"];
  if (policy === "Always" || policy === "") {
    return [required(field, 'valid values: "OnFailure", "Never"')];
  }
  if (!supported.includes(policy)) return [notSupported(field, policy, supported)];
  if (!podFailurePolicy || policy === "Never") return [];
  return [invalid(field, policy, 'only "Never" is supported when podFailurePolicy is specified')];
}

const fixedMembers = [
  ...(["completionMode", "podFailurePolicy", "backoffLimitPerIndex"] as const),
  ...(["managedBy", "successPolicy"] as const),
];

export const validateJobUpdate = ({ spec }: Job, old: Job): FieldError[] => [
  ...completionsErrors(spec, old.spec),
  ...immutable("spec.selector", spec.selector, old.spec.selector),
  ...templateErrors(spec, old),
  ...fixedMembers.flatMap((member) => immutable(`spec.${member}`, spec[member], old.spec[member])),
];

/** An indexed job may grow and shrink, as long as all of its pods may run at once. */
function completionsErrors(spec: JobSpec, old: JobSpec): FieldError[] {
  const field = "spec.completions";
  if (spec.completionMode !== "Indexed") {
    return immutable(field, spec.completions, old.completions);
  }
  const { completions, parallelism } = spec;
  if (completions === undefined || completions === old.completions) return [];
  if (completions === parallelism) return [];
  return [invalid(field, completions, "can only be modified in tandem with spec.parallelism")];
}

/** While a job is suspended and none of its pods runs, where and with how much they run may change. */
function templateErrors({ template }: JobSpec, old: Job): FieldError[] {
  const { status = {} } = old;
  const isSuspended = old.spec.suspend === true;
  const hasStopped = status.conditions?.some((c) => c.type === "Suspended" && c.status === "True");
  const isIdle = status.startTime === undefined || hasStopped === true;
  const isOpen = isSuspended && isIdle && !status.active;
  const before = isOpen ? withDirectivesOf(template, old.spec.template) : old.spec.template;
  if (!isOpen) return immutable("spec.template", template, before);
  return immutable("spec.template.spec", template.spec, withResourcesOf(template, before));
}

function withDirectivesOf(template: PodTemplateSpec, old: PodTemplateSpec): PodTemplateSpec {
  const { nodeSelector, tolerations, schedulingGates } = template.spec;
  const affinity = { ...old.spec.affinity, nodeAffinity: template.spec.affinity?.nodeAffinity };
  const isEmpty = Object.values(affinity).every((one) => one === undefined);
  const directives = { nodeSelector, tolerations, schedulingGates };
  const spec = { ...old.spec, ...directives, affinity: isEmpty ? undefined : affinity };
  return { ...old, spec: spec as PodTemplateSpec["spec"] };
}

function withResourcesOf({ spec }: PodTemplateSpec, old: PodTemplateSpec): PodTemplateSpec["spec"] {
  const taken = <C extends { name: string }>(before: C[] = [], now: C[] = []) =>
    before.map((one, i) => {
      if (now.length !== before.length || now[i]!.name !== one.name) return one;
      return { ...one, resources: (now[i] as { resources?: unknown }).resources };
    });
  return {
    ...old.spec,
    containers: taken(old.spec.containers, spec.containers),
    initContainers: taken(old.spec.initContainers, spec.initContainers),
  };
}
