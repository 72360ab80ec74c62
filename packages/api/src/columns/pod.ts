// The table of pods.

import { age } from "../duration/age.ts";
import type { Column, RowCondition } from "../kind.ts";
import type { Pod } from "../messages/core/v1/pod.ts";
import { hasTrueCondition } from "../pod/conditions.ts";
import { column, wideColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";
import { summarisePod } from "./pod-status.ts";

export const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  column("Ready", "Ready containers of all", (pod) => {
    const { readyContainers, totalContainers } = summarisePod(pod);
    return `${readyContainers}/${totalContainers}`;
  }),
  column("Status", "What the containers add up to", (pod) => summarisePod(pod).status),
  column("Restarts", "How often containers were restarted, and when last", restarts),
  ageColumn,
  wideColumn("IP", "The pod's address", ({ status }) => status?.podIPs?.[0]?.ip || "<none>"),
  wideColumn("Node", "The node that runs the pod", ({ spec }) => spec.nodeName || "<none>"),
  wideColumn(
    "Nominated Node",
    "The node being cleared for the pod",
    ({ status }) => status?.nominatedNodeName || "<none>",
  ),
  wideColumn("Readiness Gates", "Conditions that readiness waits for", readinessGates),
];

export function podRowConditions({ status }: Pod): RowCondition[] {
  if (status?.phase === "Succeeded") {
    return [finished("Succeeded", "The pod has completed successfully.")];
  }
  if (status?.phase === "Failed") return [finished("Failed", "The pod failed.")];
  return [];
}

const finished = (reason: string, message: string): RowCondition => ({
  type: "Completed",
  status: "True",
  reason,
  message,
});

function restarts(pod: Pod, nowMs: number): string {
  const { restarts: count, lastRestart } = summarisePod(pod);
  if (count === 0 || lastRestart === undefined) return String(count);
  return `${count} (${age(lastRestart, nowMs)} ago)`;
}

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return "<none>";
  const open = gates.filter((gate) => hasTrueCondition(pod, gate.conditionType)).length;
  return `${open}/${gates.length}`;
}
