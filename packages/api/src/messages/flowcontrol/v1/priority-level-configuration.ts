// PriorityLevelConfiguration: how many requests at a time, and how others wait.

import { int32, list, message, of, ref, string, time } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const priorityLevelConfiguration = message(
  "io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<PriorityLevelConfigurationSpec>(2, () => priorityLevelConfigurationSpec).default({}),
    status: ref<PriorityLevelConfigurationStatus>(
      3,
      () => priorityLevelConfigurationStatus,
    ).default({}),
  },
);
export interface PriorityLevelConfiguration extends TypeOf<typeof priorityLevelConfiguration> {
  metadata: ObjectMeta;
  spec: PriorityLevelConfigurationSpec;
}

export const priorityLevelConfigurationSpec = message(
  "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec",
  {
    type: string(1).required(),
    limited: ref<LimitedPriorityLevelConfiguration>(2, () => limitedPriorityLevelConfiguration),
    exempt: ref<ExemptPriorityLevelConfiguration>(3, () => exemptPriorityLevelConfiguration),
  },
  { unions: [{ discriminator: "type", fields: { exempt: "Exempt", limited: "Limited" } }] },
);
export interface PriorityLevelConfigurationSpec extends TypeOf<
  typeof priorityLevelConfigurationSpec
> {}

export const limitedPriorityLevelConfiguration = message(
  "io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration",
  {
    nominalConcurrencyShares: int32(1).explicit(),
    limitResponse: ref<LimitResponse>(2, () => limitResponse).default({}),
    lendablePercent: int32(3).explicit(),
    borrowingLimitPercent: int32(4).explicit(),
  },
);
export interface LimitedPriorityLevelConfiguration extends TypeOf<
  typeof limitedPriorityLevelConfiguration
> {}

export const exemptPriorityLevelConfiguration = message(
  "io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration",
  {
    nominalConcurrencyShares: int32(1).explicit(),
    lendablePercent: int32(2).explicit(),
  },
);
export interface ExemptPriorityLevelConfiguration extends TypeOf<
  typeof exemptPriorityLevelConfiguration
> {}

export const limitResponse = message(
  "io.k8s.api.flowcontrol.v1.LimitResponse",
  {
    type: string(1).required(),
    queuing: ref<QueuingConfiguration>(2, () => queuingConfiguration),
  },
  { unions: [{ discriminator: "type", fields: { queuing: "Queuing" } }] },
);
export interface LimitResponse extends TypeOf<typeof limitResponse> {}

export const queuingConfiguration = message("io.k8s.api.flowcontrol.v1.QueuingConfiguration", {
  queues: int32(1),
  handSize: int32(2),
  queueLengthLimit: int32(3),
});
export interface QueuingConfiguration extends TypeOf<typeof queuingConfiguration> {}

export const priorityLevelConfigurationStatus = message(
  "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus",
  {
    conditions: list(
      1,
      of<PriorityLevelConfigurationCondition>(() => priorityLevelConfigurationCondition),
    )
      .listMap("type")
      .merge("type"),
  },
);
export interface PriorityLevelConfigurationStatus extends TypeOf<
  typeof priorityLevelConfigurationStatus
> {}

export const priorityLevelConfigurationCondition = message(
  "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition",
  {
    type: string(1),
    status: string(2),
    lastTransitionTime: time(3),
    reason: string(4),
    message: string(5),
  },
);
export interface PriorityLevelConfigurationCondition extends TypeOf<
  typeof priorityLevelConfigurationCondition
> {}
