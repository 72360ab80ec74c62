// What nodes and namespaces get when nobody says.
// @see kubernetes pkg/apis/core/v1/defaults.go

import type { Namespace } from "../messages/core/v1/namespace.ts";
import type { Node } from "../messages/core/v1/node.ts";
import { roundResourceList } from "./resources.ts";
import { zeroTime } from "./zero-time.ts";

/** The label that lets selectors find a namespace by its name. */
const nameLabel = "kubernetes.io/metadata.name";

export function setNamespaceDefaults(namespace: Namespace): void {
  const { metadata } = namespace;
  if (metadata.name) metadata.labels = { ...metadata.labels, [nameLabel]: metadata.name };
  namespace.spec ??= {};
  namespace.status ??= {};
  namespace.status.phase ||= "Active";
}

export function setNodeDefaults(node: Node): void {
  node.spec ??= {};
  node.status ??= {};
  roundResourceList(node.status.capacity);
  roundResourceList(node.status.allocatable);
  if (!node.status.allocatable && node.status.capacity) {
    node.status.allocatable = { ...node.status.capacity };
  }
  for (const condition of node.status.conditions ?? []) {
    condition.lastHeartbeatTime ??= zeroTime;
    condition.lastTransitionTime ??= zeroTime;
  }
}
