// What a job's status may say, and how it may go on from what it said before.
// @see kubernetes pkg/apis/batch/validation/validation.go ValidateJobStatusUpdate

import { duplicate, invalid, required, withoutValue } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { Job, JobStatus } from "../messages/batch/v1/job.ts";
import { countIndexes, overlapOf } from "./job-indexes.ts";
import { nonNegative } from "./rules.ts";

export function validateJobStatusUpdate(job: Job, old: Job): FieldError[] {
  const change = new StatusChange(job, old);
  return [
    ...countErrors(job.status ?? {}),
    ...endErrors(change),
    ...indexErrors(change),
    ...activityErrors(change),
    ...criteriaErrors(change),
    ...progressErrors(change),
  ];
}

type Condition = "Complete" | "Failed" | "FailureTarget" | "SuccessCriteriaMet" | "Suspended";

const isTrue = ({ status }: Job, type: Condition): boolean =>
  (status?.conditions ?? []).some((one) => one.type === type && one.status === "True");

const isFinished = (job: Job) => isTrue(job, "Complete") || isTrue(job, "Failed");

/** A status beside the one before: most rules hold only for what changed, so that old jobs can go on. */
class StatusChange {
  readonly job: Job;
  readonly old: Job;
  readonly status: JobStatus;
  readonly before: JobStatus;

  constructor(job: Job, old: Job) {
    this.job = job;
    this.old = old;
    this.status = job.status ?? {};
    this.before = old.status ?? {};
  }
  is = (type: Condition) => isTrue(this.job, type);
  turns = (...types: Condition[]) =>
    types.some((type) => isTrue(this.job, type) !== isTrue(this.old, type));
  changes = (...members: (keyof JobStatus)[]) =>
    members.some((member) => !semanticEqual(this.status[member], this.before[member]));
  get finishes(): boolean {
    return isFinished(this.job) !== isFinished(this.old);
  }
}

const conditions = "status.conditions";

function countErrors(status: JobStatus): FieldError[] {
  const counts = ["active", "succeeded", "failed", "ready", "terminating"] as const;
  const errors = counts.flatMap((member) => nonNegative(`status.${member}`, status[member]));
  const seen = new Set<string>();
  for (const list of ["succeeded", "failed"] as const) {
    for (const [i, uid] of (status.uncountedTerminatedPods?.[list] ?? []).entries()) {
      const path = `status.uncountedTerminatedPods.${list}[${i}]`;
      if (uid === "") errors.push(invalid(path, uid, "must not be empty"));
      else if (seen.has(uid)) errors.push(duplicate(path, uid));
      seen.add(uid);
    }
  }
  return errors;
}

function endErrors(change: StatusChange): FieldError[] {
  const { is, turns, changes, status } = change;
  const errors: FieldError[] = [];
  const refuse = (text: string) => errors.push(withoutValue(conditions, text));
  const field = "status.completionTime";
  const { completionTime, startTime } = status;
  if (turns("Complete", "Failed") && is("Complete") && is("Failed")) {
    refuse("cannot set Complete=True and Failed=true conditions");
  }
  if (turns("Complete", "FailureTarget") && is("Complete") && is("FailureTarget")) {
    refuse("cannot set Complete=True and FailureTarget=true conditions");
  }
  const isEnding = turns("Complete") || changes("completionTime");
  if (isEnding && completionTime && !is("Complete")) {
    const text = "cannot set completionTime when there is no Complete=True condition";
    errors.push(invalid(field, completionTime, text));
  }
  if (isEnding && !completionTime && is("Complete")) {
    errors.push(required(field, "completionTime is required for Complete jobs"));
  }
  const isTimed = changes("startTime", "completionTime") && startTime && completionTime;
  if (isTimed && Date.parse(completionTime) < Date.parse(startTime)) {
    errors.push(invalid(field, completionTime, "must be equal to or after `startTime`"));
  }
  if ((turns("Failed") || changes("failedIndexes")) && is("Failed") && !is("FailureTarget")) {
    refuse("cannot set Failed=True condition without the FailureTarget=true condition");
  }
  const isMeeting = turns("Complete", "SuccessCriteriaMet");
  if (isMeeting && is("Complete") && !is("SuccessCriteriaMet")) {
    refuse("cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
  }
  return [...errors, ...finishedErrors(change)];
}

function finishedErrors(change: StatusChange): FieldError[] {
  const { job, status, changes, finishes } = change;
  if (!isFinished(job)) return [];
  const errors: FieldError[] = [];
  const { active = 0, startTime, terminating = 0, uncountedTerminatedPods: pods } = status;
  if ((finishes || changes("active")) && active > 0) {
    errors.push(invalid("status.active", active, "active>0 is invalid for finished job"));
  }
  const hadNothingToDo = job.spec.suspend === true && job.spec.completions === 0;
  if ((finishes || changes("startTime")) && !startTime && !hadNothingToDo) {
    errors.push(required("status.startTime", "startTime is required for finished job"));
  }
  const uncounted = (pods?.failed ?? []).length + (pods?.succeeded ?? []).length;
  if ((finishes || changes("uncountedTerminatedPods")) && uncounted > 0) {
    const text = "must be empty for finished job";
    errors.push(invalid("status.uncountedTerminatedPods", pods, text));
  }
  if ((finishes || changes("terminating")) && terminating > 0) {
    const text = "terminating>0 is invalid for finished job";
    errors.push(invalid("status.terminating", terminating, text));
  }
  return errors;
}

function indexErrors({ job, status, changes }: StatusChange): FieldError[] {
  const { completions, backoffLimitPerIndex, completionMode } = job.spec;
  const { completedIndexes = "", failedIndexes } = status;
  const errors: FieldError[] = [];
  const check = (member: "completedIndexes" | "failedIndexes", text: string) => {
    const { problem } = countIndexes(text, completions ?? 0);
    const why = `error parsing ${member}: ${problem}`;
    if (problem) errors.push(invalid(`status.${member}`, text, why));
  };
  if (changes("completedIndexes") && completions !== undefined) {
    check("completedIndexes", completedIndexes);
  }
  const hasLimit = backoffLimitPerIndex !== undefined;
  if (changes("failedIndexes") && completions !== undefined && hasLimit && failedIndexes) {
    check("failedIndexes", failedIndexes);
  }
  if (changes("completedIndexes") && completedIndexes !== "" && completionMode !== "Indexed") {
    const text = "cannot set non-empty completedIndexes when non-indexed completion mode";
    errors.push(invalid("status.completedIndexes", completedIndexes, text));
  }
  if (changes("failedIndexes") && !hasLimit && failedIndexes !== undefined) {
    const text = "cannot set non-null failedIndexes when backoffLimitPerIndex is null";
    errors.push(invalid("status.failedIndexes", failedIndexes, text));
  }
  if (!changes("failedIndexes", "completedIndexes") || !failedIndexes) return errors;
  const overlap = overlapOf(completedIndexes, failedIndexes, completions ?? 0);
  if (overlap === undefined) return errors;
  const text = `failedIndexes and completedIndexes overlap at index: ${overlap}`;
  return [...errors, invalid("status.failedIndexes", failedIndexes, text)];
}

function activityErrors({ status, changes }: StatusChange): FieldError[] {
  const { ready = 0, active = 0 } = status;
  if (!changes("ready", "active") || ready <= active) return [];
  return [invalid("status.ready", ready, "cannot set more ready pods than active")];
}

function criteriaErrors({ job, is }: StatusChange): FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (text: string) => errors.push(withoutValue(conditions, text));
  const isMet = is("SuccessCriteriaMet");
  if (isMet && is("Failed")) {
    refuse("cannot set SuccessCriteriaMet=True and Failed=true conditions");
  }
  if (isMet && is("FailureTarget")) {
    refuse("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
  }
  if (job.spec.successPolicy && !isMet && is("Complete")) {
    refuse("cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
  }
  return errors;
}

function progressErrors({ job, old, status, before, is }: StatusChange): FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (text: string) => errors.push(withoutValue(conditions, text));
  for (const type of ["Failed", "Complete", "FailureTarget"] as const) {
    if (isTrue(old, type) && !is(type))
      refuse(`cannot disable the terminal ${type}=True condition`);
  }
  const isResizable =
    job.spec.completionMode === "Indexed" && job.spec.completions === job.spec.parallelism;
  errors.push(...decrease("failed", status, before));
  if (!isResizable) errors.push(...decrease("succeeded", status, before));
  const { completionTime, startTime } = status;
  if (completionTime && before.completionTime && completionTime !== before.completionTime) {
    errors.push(invalid("status.completionTime", completionTime, "field is immutable"));
  }
  const isResuming =
    isTrue(old, "Suspended") &&
    (status.conditions ?? []).some((one) => one.type === "Suspended" && one.status === "False");
  const isMoved = before.startTime && startTime !== before.startTime;
  if (isMoved && !isResuming && job.spec.suspend !== true) {
    const text = "field is immutable for unsuspended job once set";
    errors.push(invalid("status.startTime", startTime ?? null, text));
  }
  const wasMet = isTrue(old, "SuccessCriteriaMet");
  if (wasMet && !is("SuccessCriteriaMet")) {
    refuse("cannot disable the SuccessCriteriaMet=True condition");
  }
  if (isTrue(old, "Complete") && !wasMet && is("SuccessCriteriaMet")) {
    const text = "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions";
    refuse(text);
  }
  return errors;
}

function decrease(member: "failed" | "succeeded", now: JobStatus, before: JobStatus): FieldError[] {
  const count = now[member] ?? 0;
  if (count >= (before[member] ?? 0)) return [];
  return [invalid(`status.${member}`, count, `cannot decrease the ${member} counter`)];
}
