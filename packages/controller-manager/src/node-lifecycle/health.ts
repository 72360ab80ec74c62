// Whether a node's kubelet is heard of, and what the node's conditions become when it is not.
// @see kubernetes pkg/controller/nodelifecycle tryUpdateNodeHealth

import type { Lease, Node, NodeCondition } from "@kubonsai/api";
import { secondsTimestamp } from "@kubonsai/client";
import { findCondition } from "../conditions.ts";

export const MONITOR_GRACE_MS = 50_000;
export const STARTUP_GRACE_MS = 60_000;

/** Those that the kubelet posts; NetworkUnavailable is not its own. */
const KUBELET_CONDITIONS = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

export interface Health {
  /** By our own clock: the kubelet's may be wrong. */
  heardMs: number;
  /** `lastHeartbeatTime` of the Ready condition, as last seen; undefined before it was posted. */
  heartbeat: string | undefined;
  renewTime: string | undefined;
}

export interface HealthView {
  node: Node;
  lease: Lease | undefined;
  /** What is known from the last look. */
  known: Health | undefined;
  nowMs: number;
}

/** News of the kubelet is a newer heartbeat or a newer renewal of its lease. */
export function observe({ node, lease, known, nowMs }: HealthView): Health {
  const ready = readyCondition(node);
  const heartbeat = ready?.lastHeartbeatTime;
  const renewTime = lease?.spec?.renewTime;
  const isNewlyRenewed = renewTime !== undefined && renewTime > (known?.renewTime ?? "");
  if (!known) {
    const createdMs = Date.parse(node.metadata.creationTimestamp ?? "");
    const heardMs = ready || isNewlyRenewed || Number.isNaN(createdMs) ? nowMs : createdMs;
    return { heardMs, heartbeat, renewTime };
  }
  const isHeard = heartbeat !== known.heartbeat || isNewlyRenewed;
  return {
    heardMs: isHeard ? nowMs : known.heardMs,
    heartbeat,
    renewTime: isNewlyRenewed ? renewTime : known.renewTime,
  };
}

/** The conditions of a node that was silent for too long; undefined while all is well or said. */
export function silentConditions(
  node: Node,
  { heardMs }: Health,
  nowMs: number,
): NodeCondition[] | undefined {
  const ready = readyCondition(node);
  const graceMs = ready ? MONITOR_GRACE_MS : STARTUP_GRACE_MS;
  if (nowMs <= heardMs + graceMs || ready?.status === "Unknown") return undefined;
  const now = secondsTimestamp(nowMs);
  const conditions = [...(node.status?.conditions ?? [])];
  for (const type of KUBELET_CONDITIONS) {
    const at = conditions.findIndex((condition) => condition.type === type);
    if (at < 0) conditions.push(neverPosted(type, node, now));
    else if (conditions[at]!.status !== "Unknown") {
      conditions[at] = { ...conditions[at]!, ...STOPPED, lastTransitionTime: now };
    }
  }
  return conditions;
}

const STOPPED = {
  status: "Unknown",
  reason: "NodeStatusUnknown",
  message: "Kubelet stopped posting node status.",
};

function neverPosted(type: string, { metadata }: Node, now: string): NodeCondition {
  return {
    type,
    status: "Unknown",
    ...(metadata.creationTimestamp ? { lastHeartbeatTime: metadata.creationTimestamp } : {}),
    lastTransitionTime: now,
    reason: "NodeStatusNeverUpdated",
    message: "Kubelet never posted node status.",
  };
}

export function readyCondition(node: Node): NodeCondition | undefined {
  return findCondition(node.status?.conditions, "Ready");
}
