// Job: pods that run to completion.

import {
  aString,
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
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { podTemplateSpec, type PodTemplateSpec } from "../../core/v1/pod.ts";
import {
  podFailurePolicy,
  type PodFailurePolicy,
  successPolicy,
  type SuccessPolicy,
} from "./job-policy.ts";

export const job = message("io.k8s.api.batch.v1.Job", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<JobSpec>(2, () => jobSpec).default({}),
  status: ref<JobStatus>(3, () => jobStatus).default({}),
});
export interface Job extends TypeOf<typeof job> {
  metadata: ObjectMeta;
  spec: JobSpec;
}

export const jobSpec = message("io.k8s.api.batch.v1.JobSpec", {
  parallelism: int32(1).explicit(),
  completions: int32(2).explicit(),
  activeDeadlineSeconds: int64(3).explicit(),
  podFailurePolicy: ref<PodFailurePolicy>(11, () => podFailurePolicy),
  successPolicy: ref<SuccessPolicy>(16, () => successPolicy),
  backoffLimit: int32(7).explicit(),
  backoffLimitPerIndex: int32(12).explicit(),
  maxFailedIndexes: int32(13).explicit(),
  selector: ref<LabelSelector>(4, () => labelSelector),
  manualSelector: boolean(5).explicit(),
  template: ref<PodTemplateSpec>(6, () => podTemplateSpec)
    .required()
    .default({}),
  ttlSecondsAfterFinished: int32(8).explicit(),
  completionMode: string(9).oneOf("Indexed", "NonIndexed").explicit(),
  suspend: boolean(10).explicit(),
  podReplacementPolicy: string(14).oneOf("Failed", "TerminatingOrFailed").explicit(),
  managedBy: string(15).explicit(),
});
export interface JobSpec extends TypeOf<typeof jobSpec> {}

export const jobStatus = message("io.k8s.api.batch.v1.JobStatus", {
  conditions: list(
    1,
    of<JobCondition>(() => jobCondition),
  )
    .atomic()
    .merge("type"),
  startTime: time(2),
  completionTime: time(3),
  active: int32(4),
  succeeded: int32(5),
  failed: int32(6),
  terminating: int32(11).explicit(),
  completedIndexes: string(7),
  failedIndexes: string(10).explicit(),
  uncountedTerminatedPods: ref<UncountedTerminatedPods>(8, () => uncountedTerminatedPods),
  ready: int32(9).explicit(),
});
export interface JobStatus extends TypeOf<typeof jobStatus> {}

export const jobCondition = message("io.k8s.api.batch.v1.JobCondition", {
  type: string(1).required(),
  status: string(2).required(),
  lastProbeTime: time(3),
  lastTransitionTime: time(4),
  reason: string(5),
  message: string(6),
});
export interface JobCondition extends TypeOf<typeof jobCondition> {}

export const uncountedTerminatedPods = message("io.k8s.api.batch.v1.UncountedTerminatedPods", {
  succeeded: list(1, aString).listSet(),
  failed: list(2, aString).listSet(),
});
export interface UncountedTerminatedPods extends TypeOf<typeof uncountedTerminatedPods> {}
