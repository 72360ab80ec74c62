// The table of nodes.

import type { Column } from "../kind.ts";
import type { Node } from "../messages/core/v1/node.ts";
import { column, wideColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const nodeColumns: readonly Column<Node>[] = [
  nameColumn,
  column("Status", "Ready or not, and whether pods may be scheduled", nodeStatus),
  column("Roles", "Roles named by labels", nodeRoles),
  ageColumn,
  column(
    "Version",
    "The kubelet's version",
    ({ status }) => status?.nodeInfo?.kubeletVersion ?? "",
  ),
  wideColumn("Internal-IP", "Its address inside", (node) => address(node, "InternalIP")),
  wideColumn("External-IP", "Its address outside", (node) => address(node, "ExternalIP")),
  wideColumn("OS-Image", "The operating system", (node) => info(node, "osImage")),
  wideColumn("Kernel-Version", "The kernel and the processor", (node) => {
    const architecture = node.status?.nodeInfo?.architecture;
    return info(node, "kernelVersion") + (architecture ? ` (${architecture})` : "");
  }),
  wideColumn("Container-Runtime", "What runs the containers", (node) =>
    info(node, "containerRuntimeVersion"),
  ),
];

function nodeStatus({ spec, status }: Node): string {
  const ready = status?.conditions?.findLast(({ type }) => type === "Ready");
  const health = ready === undefined ? "Unknown" : ready.status === "True" ? "Ready" : "NotReady";
  return spec?.unschedulable === true ? `${health},SchedulingDisabled` : health;
}

const rolePrefix = "node-role.kubernetes.io/";

function nodeRoles({ metadata }: Node): string {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    if (key.startsWith(rolePrefix)) roles.add(key.slice(rolePrefix.length));
    else if (key === "kubernetes.io/role") roles.add(value);
  }
  roles.delete("");
  return [...roles].sort().join(",") || "<none>";
}

const address = ({ status }: Node, type: string) =>
  status?.addresses?.find((one) => one.type === type)?.address ?? "<none>";

const info = ({ status }: Node, member: "osImage" | "kernelVersion" | "containerRuntimeVersion") =>
  status?.nodeInfo?.[member] || "<unknown>";
