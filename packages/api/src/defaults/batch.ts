// What jobs get when their manifests do not say.
// @see kubernetes pkg/apis/batch/v1/defaults.go

import type { CronJob } from "../messages/batch/v1/cron-job.ts";
import type { Job, JobSpec } from "../messages/batch/v1/job.ts";
import { setTemplateDefaults } from "./pod-spec.ts";
import { zeroTime } from "./zero-time.ts";

const largestInt32 = 2147483647;

export function setJobDefaults(job: Job): void {
  const { metadata, spec } = job;
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : largestInt32;
  const labels = spec.template?.metadata?.labels;
  const isBare = Object.keys(metadata.labels ?? {}).length === 0;
  if (labels && isBare) metadata.labels = { ...labels };
  spec.completionMode ??= "NonIndexed";
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? "Failed" : "TerminatingOrFailed";
  spec.manualSelector ??= false;
  setJobSpecDefaults(spec);
  for (const condition of job.status?.conditions ?? []) {
    condition.lastProbeTime ??= zeroTime;
    condition.lastTransitionTime ??= zeroTime;
  }
}

/** What the spec gets in templates as well. */
export function setJobSpecDefaults(spec: JobSpec): void {
  spec.template ??= { spec: { containers: [] } };
  setTemplateDefaults(spec.template);
  for (const { onPodConditions } of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of onPodConditions ?? []) pattern.status ||= "True";
  }
}

export function setCronJobDefaults({ spec }: CronJob): void {
  spec.concurrencyPolicy ||= "Allow";
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  spec.jobTemplate ??= {} as CronJob["spec"]["jobTemplate"];
  spec.jobTemplate.metadata ??= {};
  spec.jobTemplate.spec ??= { template: { spec: { containers: [] } } };
  setJobSpecDefaults(spec.jobTemplate.spec);
}
