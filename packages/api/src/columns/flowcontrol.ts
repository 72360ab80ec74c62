// The tables of flow schemas and priority levels.

import type { Column } from "../kind.ts";
import type { FlowSchema } from "../messages/flowcontrol/v1/flow-schema.ts";
import type { PriorityLevelConfiguration } from "../messages/flowcontrol/v1/priority-level-configuration.ts";
import { column } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const flowSchemaColumns: readonly Column<FlowSchema>[] = [
  nameColumn,
  column("PriorityLevel", "Its level", ({ spec }) => spec.priorityLevelConfiguration?.name ?? ""),
  column("MatchingPrecedence", "Lower comes first", ({ spec }) => spec.matchingPrecedence ?? 0),
  column(
    "DistinguisherMethod",
    "How flows are told apart",
    ({ spec }) => spec.distinguisherMethod?.type ?? "<none>",
  ),
  ageColumn,
  column("MissingPL", "Whether its level is missing", ({ status }) => {
    const dangling = (status?.conditions ?? []).find(({ type }) => type === "Dangling");
    return dangling?.status ?? "?";
  }),
];

type Queuing = "queues" | "handSize" | "queueLengthLimit";

export const priorityLevelColumns: readonly Column<PriorityLevelConfiguration>[] = [
  nameColumn,
  column("Type", "Limited or exempt", ({ spec }) => spec.type ?? ""),
  column("NominalConcurrencyShares", "Its share of the requests at a time", ({ spec }) =>
    spec.limited ? (spec.limited.nominalConcurrencyShares ?? 0) : "<none>",
  ),
  column("Queues", "How many queues", (level) => queuing(level, "queues")),
  column("HandSize", "Queues for a flow to choose from", (level) => queuing(level, "handSize")),
  column("QueueLengthLimit", "Requests in a queue", (level) => queuing(level, "queueLengthLimit")),
  ageColumn,
];

function queuing({ spec }: PriorityLevelConfiguration, member: Queuing): number | string {
  const settings = spec.limited?.limitResponse?.queuing;
  return settings ? (settings[member] ?? 0) : "<none>";
}
