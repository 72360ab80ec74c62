// The tables of jobs and cron jobs.

import { age } from "../duration/age.ts";
import { humanDuration } from "../duration/human-duration.ts";
import type { Column } from "../kind.ts";
import type { CronJob } from "../messages/batch/v1/cron-job.ts";
import type { Job } from "../messages/batch/v1/job.ts";
import { formatLabelSelector } from "../selectors/label-selector.ts";
import { column, integerColumn, wideColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";
import { containerImages, containerNames } from "./workload.ts";

export const jobColumns: readonly Column<Job>[] = [
  nameColumn,
  column("Status", "How it is going", jobStatus),
  column("Completions", "Pods that succeeded of wanted ones", completionsText),
  column("Duration", "How long it has run", ({ status }, nowMs) => {
    const { startTime, completionTime } = status ?? {};
    if (!startTime) return "";
    if (!completionTime) return age(startTime, nowMs);
    return humanDuration(Date.parse(completionTime) - Date.parse(startTime));
  }),
  ageColumn,
  wideColumn("Containers", "Names in the template", ({ spec }) => containerNames(spec.template)),
  wideColumn("Images", "Images in the template", ({ spec }) => containerImages(spec.template)),
  wideColumn("Selector", "Which pods are its own", ({ spec }) =>
    formatLabelSelector(spec.selector),
  ),
];

function completionsText({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobStatus({ metadata, status }: Job): string {
  const is = (type: string) =>
    (status?.conditions ?? []).some((one) => one.type === type && one.status === "True");
  if (is("Complete")) return "Complete";
  if (is("Failed")) return "Failed";
  if (metadata.deletionTimestamp) return "Terminating";
  return ["Suspended", "FailureTarget", "SuccessCriteriaMet"].find(is) ?? "Running";
}

export const cronJobColumns: readonly Column<CronJob>[] = [
  nameColumn,
  column("Schedule", "When it makes jobs", ({ spec }) => spec.schedule ?? ""),
  column("Timezone", "By which clock", ({ spec }) => spec.timeZone ?? "<none>"),
  // Called a boolean, shown as text: Kubernetes does the same.
  {
    ...column("Suspend", "Whether it rests", ({ spec }) =>
      spec.suspend === undefined ? "<unset>" : spec.suspend ? "True" : "False",
    ),
    type: "boolean",
  },
  integerColumn("Active", "Jobs that run", ({ status }) => (status?.active ?? []).length),
  column("Last Schedule", "When it last made a job", ({ status }, nowMs) =>
    status?.lastScheduleTime ? age(status.lastScheduleTime, nowMs) : "<none>",
  ),
  ageColumn,
  wideColumn("Containers", "Names in the template", ({ spec }) =>
    containerNames(spec.jobTemplate.spec?.template),
  ),
  wideColumn("Images", "Images in the template", ({ spec }) =>
    containerImages(spec.jobTemplate.spec?.template),
  ),
  wideColumn("Selector", "Which pods are its own", ({ spec }) =>
    formatLabelSelector(spec.jobTemplate.spec?.selector),
  ),
];
