// The tables of quotas, disruption budgets, priority and runtime classes.

import type { Column } from "../kind.ts";
import type { ResourceQuota } from "../messages/core/v1/resource-quota.ts";
import type { RuntimeClass } from "../messages/node/v1/runtime-class.ts";
import type { PodDisruptionBudget } from "../messages/policy/v1/pod-disruption-budget.ts";
import type { PriorityClass } from "../messages/scheduling/v1/priority-class.ts";
import { booleanColumn, column, integerColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const resourceQuotaColumns: readonly Column<ResourceQuota>[] = [
  nameColumn,
  column("Request", "Used of what may be used", (quota) => amounts(quota, false)),
  column("Limit", "The same of limits", (quota) => amounts(quota, true)),
  ageColumn,
];

function amounts({ status }: ResourceQuota, areLimits: boolean): string {
  const hard = status?.hard ?? {};
  return Object.keys(hard)
    .filter((name) => name.startsWith("limits.") === areLimits)
    .sort()
    .map((name) => `${name}: ${status?.used?.[name] ?? "0"}/${hard[name]}`)
    .join(", ");
}

export const podDisruptionBudgetColumns: readonly Column<PodDisruptionBudget>[] = [
  nameColumn,
  column("Min Available", "Pods to be kept", ({ spec }) => String(spec.minAvailable ?? "N/A")),
  column("Max Unavailable", "Pods that may go", ({ spec }) => String(spec.maxUnavailable ?? "N/A")),
  integerColumn(
    "Allowed Disruptions",
    "Pods that may go now",
    ({ status }) => status?.disruptionsAllowed ?? 0,
  ),
  ageColumn,
];

export const priorityClassColumns: readonly Column<PriorityClass>[] = [
  nameColumn,
  integerColumn("Value", "The priority of its pods", ({ value }) => value ?? 0),
  booleanColumn(
    "Global-Default",
    "Whether it is for pods without a class",
    ({ globalDefault }) => globalDefault ?? false,
  ),
  ageColumn,
  column(
    "PreemptionPolicy",
    "Whether its pods drive others out",
    ({ preemptionPolicy }) => preemptionPolicy ?? "",
  ),
];

export const runtimeClassColumns: readonly Column<RuntimeClass>[] = [
  nameColumn,
  column("Handler", "The runtime's own name for it", ({ handler }) => handler ?? ""),
  ageColumn,
];
