// CronJob: jobs by the clock.

import {
  boolean,
  int32,
  int64,
  list,
  message,
  of,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { objectReference, type ObjectReference } from "../../core/v1/reference.ts";
import { jobSpec, type JobSpec } from "./job.ts";

export const cronJob = message("io.k8s.api.batch.v1.CronJob", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<CronJobSpec>(2, () => cronJobSpec)
    .required()
    .default({}),
  status: ref<CronJobStatus>(3, () => cronJobStatus).default({}),
});
export interface CronJob extends TypeOf<typeof cronJob> {
  metadata: ObjectMeta;
}

export const cronJobSpec = message("io.k8s.api.batch.v1.CronJobSpec", {
  schedule: string(1).required(),
  timeZone: string(8).explicit(),
  startingDeadlineSeconds: int64(2).explicit(),
  concurrencyPolicy: string(3).oneOf("Allow", "Forbid", "Replace"),
  suspend: boolean(4).explicit(),
  jobTemplate: ref<JobTemplateSpec>(5, () => jobTemplateSpec)
    .required()
    .default({}),
  successfulJobsHistoryLimit: int32(6).explicit(),
  failedJobsHistoryLimit: int32(7).explicit(),
});
export interface CronJobSpec extends TypeOf<typeof cronJobSpec> {}

export const jobTemplateSpec = message("io.k8s.api.batch.v1.JobTemplateSpec", {
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<JobSpec>(2, () => jobSpec).default({}),
});
export interface JobTemplateSpec extends TypeOf<typeof jobTemplateSpec> {
  spec: JobSpec;
}

export const cronJobStatus = message("io.k8s.api.batch.v1.CronJobStatus", {
  active: list(
    1,
    of<ObjectReference>(() => objectReference),
  ).atomic(),
  lastScheduleTime: time(4),
  lastSuccessfulTime: time(5),
});
export interface CronJobStatus extends TypeOf<typeof cronJobStatus> {}
