// What the API makes of a job before it is validated and stored: its pods are found by its uid.
// @see kubernetes pkg/registry/batch/job/strategy.go

import type { Job } from "../messages/batch/v1/job.ts";
import { beginWithoutStatus } from "./generation.ts";

const uidLabel = "batch.kubernetes.io/controller-uid";

export function prepareJobForCreate(job: Job): void {
  beginWithoutStatus(job);
  if (job.spec.manualSelector !== true) generateSelector(job);
}

/** Labels that users set themselves stay, for validation to judge. */
function generateSelector({ metadata, spec }: Job): void {
  const { name = "", uid = "" } = metadata;
  const template = (spec.template.metadata ??= {});
  template.labels = {
    "job-name": name,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": uid,
    [uidLabel]: uid,
    ...template.labels,
  };
  spec.selector ??= {};
  spec.selector.matchLabels = { [uidLabel]: uid, ...spec.selector.matchLabels };
}
