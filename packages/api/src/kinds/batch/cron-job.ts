// CronJob: jobs by the clock.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { cronJobColumns } from "../../columns/batch.ts";
import { setCronJobDefaults } from "../../defaults/batch.ts";
import {
  beginWithoutStatus,
  keepSpecAndGeneration,
  keepStatusAndCount,
} from "../../preparation/generation.ts";
import {
  validateCronJob,
  validateCronJobCreate,
  validateCronJobUpdate,
} from "../../validation/cron-job.ts";
import { cronJobWarnings } from "../../warnings/job.ts";
import { cronJob, type CronJob } from "../../messages/batch/v1/cron-job.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const cronJobKind: Kind<CronJob> = {
  group: "batch",
  version: "v1",
  resource: "cronjobs",
  namespaced: true,
  kind: "CronJob",
  listKind: "CronJobList",
  singular: "cronjob",
  shortNames: ["cj"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: cronJob,
  subresources: [statusOf("batch", "v1", "CronJob")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: cronJobColumns,
  setDefaults: setCronJobDefaults,
  prepareForCreate: beginWithoutStatus,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validateCronJob,
  validateCreate: validateCronJobCreate,
  validateUpdate: validateCronJobUpdate,
  warnings: cronJobWarnings,
  defaultPropagation: "Background",
};
