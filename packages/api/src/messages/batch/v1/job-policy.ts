// When a job has failed or succeeded before all of its pods have.

import { anInt32, int32, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";

export const podFailurePolicy = message("io.k8s.api.batch.v1.PodFailurePolicy", {
  rules: list(
    1,
    of<PodFailurePolicyRule>(() => podFailurePolicyRule),
  )
    .atomic()
    .required(),
});
export interface PodFailurePolicy extends TypeOf<typeof podFailurePolicy> {}

export const podFailurePolicyRule = message("io.k8s.api.batch.v1.PodFailurePolicyRule", {
  action: string(1).oneOf("Count", "FailIndex", "FailJob", "Ignore").required(),
  onExitCodes: ref<PodFailurePolicyOnExitCodesRequirement>(
    2,
    () => podFailurePolicyOnExitCodesRequirement,
  ),
  onPodConditions: list(
    3,
    of<PodFailurePolicyOnPodConditionsPattern>(() => podFailurePolicyOnPodConditionsPattern),
  ).atomic(),
});
export interface PodFailurePolicyRule extends TypeOf<typeof podFailurePolicyRule> {}

export const podFailurePolicyOnExitCodesRequirement = message(
  "io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement",
  {
    containerName: string(1).explicit(),
    operator: string(2).oneOf("In", "NotIn").required(),
    values: list(3, anInt32).listSet().required(),
  },
);
export interface PodFailurePolicyOnExitCodesRequirement extends TypeOf<
  typeof podFailurePolicyOnExitCodesRequirement
> {}

export const podFailurePolicyOnPodConditionsPattern = message(
  "io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern",
  {
    type: string(1).required(),
    status: string(2),
  },
);
export interface PodFailurePolicyOnPodConditionsPattern extends TypeOf<
  typeof podFailurePolicyOnPodConditionsPattern
> {}

export const successPolicy = message("io.k8s.api.batch.v1.SuccessPolicy", {
  rules: list(
    1,
    of<SuccessPolicyRule>(() => successPolicyRule),
  )
    .atomic()
    .required(),
});
export interface SuccessPolicy extends TypeOf<typeof successPolicy> {}

export const successPolicyRule = message("io.k8s.api.batch.v1.SuccessPolicyRule", {
  succeededIndexes: string(1).explicit(),
  succeededCount: int32(2).explicit(),
});
export interface SuccessPolicyRule extends TypeOf<typeof successPolicyRule> {}
