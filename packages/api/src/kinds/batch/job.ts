// Job: pods that run to completion.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { jobColumns } from "../../columns/batch.ts";
import { setJobDefaults } from "../../defaults/batch.ts";
import { keepSpecAndGeneration, keepStatusAndCount } from "../../preparation/generation.ts";
import { prepareJobForCreate } from "../../preparation/job.ts";
import { validateJobStatusUpdate } from "../../validation/job-status.ts";
import { validateJob, validateJobCreate, validateJobUpdate } from "../../validation/job.ts";
import { jobWarnings } from "../../warnings/job.ts";
import { job, type Job } from "../../messages/batch/v1/job.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const jobKind: Kind<Job> = {
  group: "batch",
  version: "v1",
  resource: "jobs",
  namespaced: true,
  kind: "Job",
  listKind: "JobList",
  singular: "job",
  shortNames: [],
  categories: ["all"],
  verbs: standardVerbs,
  schema: job,
  subresources: [statusOf("batch", "v1", "Job")],
  nameRule: dns1123Subdomain,
  selectableFields: { "status.successful": ({ status }) => String(status?.succeeded ?? 0) },
  columns: jobColumns,
  setDefaults: setJobDefaults,
  prepareForCreate: prepareJobForCreate,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validateJob,
  validateCreate: validateJobCreate,
  validateUpdate: validateJobUpdate,
  validateStatusUpdate: validateJobStatusUpdate,
  warnings: jobWarnings,
  defaultPropagation: "Orphan",
};
