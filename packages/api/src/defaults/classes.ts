// What priority classes, runtime classes and disruption budgets get when nobody says.

import type { RuntimeClass } from "../messages/node/v1/runtime-class.ts";
import type { PodDisruptionBudget } from "../messages/policy/v1/pod-disruption-budget.ts";
import type { PriorityClass } from "../messages/scheduling/v1/priority-class.ts";
import { roundResourceList } from "./resources.ts";
import { showZeros } from "./zeros.ts";

export function setPriorityClassDefaults(priorityClass: PriorityClass): void {
  showZeros(priorityClass, ["value"]);
  priorityClass.preemptionPolicy ??= "PreemptLowerPriority";
}

export function setRuntimeClassDefaults({ overhead }: RuntimeClass): void {
  roundResourceList(overhead?.podFixed);
}

export function setPodDisruptionBudgetDefaults(budget: PodDisruptionBudget): void {
  budget.status ??= {} as NonNullable<PodDisruptionBudget["status"]>;
  showZeros(budget.status, [
    ...(["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"] as const),
  ]);
}
