// Cron jobs: when, and a template for jobs.
// @see kubernetes pkg/apis/batch/validation/validation.go ValidateCronJobCreate

import { invalid, notSupported, required, type FieldError } from "../errors/field-error.ts";
import { parseCronSchedule } from "../cron/cron-schedule.ts";
import type { CronJob } from "../messages/batch/v1/cron-job.ts";
import { validateJobSpec } from "./job.ts";
import { nonNegative, oneOf } from "./rules.ts";

export function validateCronJob({ spec }: CronJob): FieldError[] {
  const policies = ["Allow", "Forbid", "Replace"];
  return [
    ...scheduleErrors("spec.schedule", spec.schedule),
    ...nonNegative("spec.startingDeadlineSeconds", spec.startingDeadlineSeconds),
    ...oneOf("spec.concurrencyPolicy", spec.concurrencyPolicy, policies),
    ...templateErrors("spec.jobTemplate.spec", spec.jobTemplate.spec),
    ...nonNegative("spec.successfulJobsHistoryLimit", spec.successfulJobsHistoryLimit),
    ...nonNegative("spec.failedJobsHistoryLimit", spec.failedJobsHistoryLimit),
  ];
}

/** Leaves room for what is added to the names of its jobs. */
export function validateCronJobCreate(cronJob: CronJob): FieldError[] {
  const { name = "" } = cronJob.metadata;
  const errors = zoneErrors("spec.timeZone", cronJob.spec.timeZone);
  if (name.length <= 52) return errors;
  return [...errors, invalid("metadata.name", name, "must be no more than 52 characters")];
}

export const validateCronJobUpdate = ({ spec }: CronJob, old: CronJob): FieldError[] =>
  spec.timeZone === old.spec.timeZone ? [] : zoneErrors("spec.timeZone", spec.timeZone);

function scheduleErrors(field: string, schedule: string): FieldError[] {
  if (!schedule) return [required(field)];
  const errors: FieldError[] = [];
  try {
    parseCronSchedule(schedule);
  } catch (error) {
    errors.push(invalid(field, schedule, (error as Error).message));
  }
  if (!schedule.includes("TZ")) return errors;
  const text = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
  return [...errors, invalid(field, schedule, text)];
}

function zoneErrors(field: string, zone: string | undefined): FieldError[] {
  if (zone === undefined) return [];
  if (zone === "") return [invalid(field, zone, "timeZone must be nil or non-empty string")];
  const isPart = (part: string) => /^[A-Za-z._0-9+][A-Za-z.\-_0-9+]{0,13}$/.test(part);
  const isWell = zone.split("/").every((part) => isPart(part) && !/^\.\.?$/.test(part));
  if (zone.toLowerCase() === "local") {
    const text =
      "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
    return [invalid(field, zone, text)];
  }
  return isWell && isKnownZone(zone) ? [] : [invalid(field, zone, `unknown time zone ${zone}`)];
}

function isKnownZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    // This is how Intl says that it does not know the zone.
    return false;
  }
}

function templateErrors(field: string, spec: CronJob["spec"]["jobTemplate"]["spec"]): FieldError[] {
  if (!spec) return [required(`${field}.template`)];
  const errors = validateJobSpec(field, spec);
  if (spec.selector) {
    errors.push(invalid(`${field}.selector`, spec.selector, "`selector` will be auto-generated"));
  }
  if (spec.manualSelector !== true) return errors;
  return [...errors, notSupported(`${field}.manualSelector`, true, ["nil", "false"])];
}
