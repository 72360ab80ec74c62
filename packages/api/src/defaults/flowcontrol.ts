// What flow schemas and priority levels get when their manifests do not say.
// @see kubernetes pkg/apis/flowcontrol/v1/defaults.go

import type { FlowSchema } from "../messages/flowcontrol/v1/flow-schema.ts";
import type { PriorityLevelConfiguration } from "../messages/flowcontrol/v1/priority-level-configuration.ts";

export function setFlowSchemaDefaults({ spec }: FlowSchema): void {
  spec.matchingPrecedence ||= 1000;
}

export function setPriorityLevelDefaults({ spec }: PriorityLevelConfiguration): void {
  const { exempt, limited } = spec;
  if (exempt) {
    exempt.nominalConcurrencyShares ??= 0;
    exempt.lendablePercent ??= 0;
  }
  if (!limited) return;
  limited.nominalConcurrencyShares ??= 30;
  limited.lendablePercent ??= 0;
  const queuing = limited.limitResponse?.queuing;
  if (!queuing) return;
  queuing.handSize ||= 8;
  queuing.queues ||= 64;
  queuing.queueLengthLimit ||= 50;
}
