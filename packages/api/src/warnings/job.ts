// What users are warned of in jobs.
// @see kubernetes pkg/api/job/warnings.go

import type { CronJob } from "../messages/batch/v1/cron-job.ts";
import type { Job, JobSpec } from "../messages/batch/v1/job.ts";
import { dns1123Label } from "../validation/names.ts";
import { podWarnings } from "./pod.ts";

export function jobWarnings({ metadata, spec }: Job, old?: Job): string[] {
  const texts = old === undefined ? dns1123Label(metadata.name ?? "") : [];
  const why =
    "metadata.name: this is used in Pod names and hostnames, which can result in surprising " +
    `behavior; a DNS label is recommended: [${texts.join(" ")}]`;
  return [...(texts.length > 0 ? [why] : []), ...jobSpecWarnings("spec", spec)];
}

export function jobSpecWarnings(field: string, spec: JobSpec): string[] {
  const { completionMode, completions = 0, parallelism = 0, template } = spec;
  const isHuge = completionMode === "Indexed" && completions > 100_000 && parallelism > 10_000;
  const text =
    "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than " +
    "10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
  return [...(isHuge ? [`${field}: ${text}`] : []), ...podWarnings(`${field}.template.`, template)];
}

export function cronJobWarnings({ metadata, spec }: CronJob, old?: CronJob): string[] {
  const texts = old === undefined ? dns1123Label(metadata.name ?? "") : [];
  const why =
    "metadata.name: this is used in Pod names and hostnames, which can result in surprising " +
    `behavior; a DNS label is recommended: [${texts.join(" ")}]`;
  const isSame = old !== undefined && metadata.generation === old.metadata.generation;
  const { jobTemplate, schedule = "" } = spec;
  const zoned = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
  return [
    ...(texts.length > 0 ? [why] : []),
    ...(isSame || !jobTemplate.spec
      ? []
      : jobSpecWarnings("spec.jobTemplate.spec", jobTemplate.spec)),
    ...(schedule.includes("TZ") ? [`spec.schedule: ${zoned}`] : []),
  ];
}
