// A node as it reports itself: pure, from what it is to the object in the API.
// @see kubernetes pkg/kubelet/nodestatus/setters.go

import type { Node, NodeCondition, NodeStatus } from "@kubonsai/api";
import type { NodeImage } from "../runtime/runtime.ts";
import { timestamp } from "../text/timestamp.ts";
import { CAPACITY, type NodeIdentity } from "./node-identity.ts";

export interface NodeReport {
  identity: NodeIdentity;
  /** The real port of the HTTPS server of this process. */
  port: number;
  runtime: { name: string; version: string; images: readonly NodeImage[] };
  /** Stable from one start to the next. */
  machineID: string;
  bootID: string;
  /** Why the node is not ready; empty: it is. */
  problems: readonly string[];
  nowMs: number;
}

/** The API server finds the kubelet by this instead of by the node's simulated address. */
export const KUBELET_ADDRESS = "kubonsai.dev/kubelet-address";

const MOST_IMAGES = 50;

export function nodeObject(report: NodeReport): Node {
  const { name, podCIDR } = report.identity;
  const platform = { os: "linux", arch: "amd64" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "beta.kubernetes.io/arch": platform.arch,
        "beta.kubernetes.io/os": platform.os,
        "kubernetes.io/arch": platform.arch,
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": platform.os,
      },
      annotations: {
        [KUBELET_ADDRESS]: "127.0.0.1",
        "volumes.kubernetes.io/controller-managed-attach-detach": "true",
      },
    },
    spec: { podCIDR, podCIDRs: [podCIDR] },
    status: nodeStatus(report, []),
  };
}

/** @param old the conditions reported last: their transition times go on */
export function nodeStatus(report: NodeReport, old: readonly NodeCondition[]): NodeStatus {
  const { identity, port, runtime, machineID, bootID } = report;
  return {
    capacity: CAPACITY,
    allocatable: CAPACITY,
    conditions: nodeConditions(report, old),
    addresses: [
      { type: "InternalIP", address: identity.ip },
      { type: "Hostname", address: identity.name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: port } },
    nodeInfo: {
      machineID,
      systemUUID: machineID,
      bootID,
      kernelVersion: "6.12.0-kubonsai",
      osImage: "Debian GNU/Linux 12 (bookworm)",
      containerRuntimeVersion: `${runtime.name}://${runtime.version}`,
      kubeletVersion: "v1.36.2",
      kubeProxyVersion: "",
      operatingSystem: "linux",
      architecture: "amd64",
    },
    images: runtime.images
      .slice(0, MOST_IMAGES)
      .map(({ names, sizeBytes }) => ({ names: [...names], sizeBytes })),
  };
}

type Verdict = Pick<NodeCondition, "type" | "status" | "reason" | "message">;

/** Ready comes last: a node's other conditions are known by then. */
function nodeConditions({ problems, nowMs }: NodeReport, old: readonly NodeCondition[]) {
  const verdicts: Verdict[] = [
    calm("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    calm("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    calm("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    readyVerdict(problems),
  ];
  const now = timestamp(nowMs);
  return verdicts.map((verdict): NodeCondition => {
    const before = old.find(({ type }) => type === verdict.type);
    const keeps = before?.status === verdict.status && before.lastTransitionTime;
    return {
      ...verdict,
      lastHeartbeatTime: now,
      lastTransitionTime: keeps ? before.lastTransitionTime : now,
    };
  });
}

const calm = (type: string, reason: string, message: string): Verdict => ({
  type,
  status: "False",
  reason,
  message,
});

function readyVerdict(problems: readonly string[]): Verdict {
  if (problems.length === 0) {
    const message = "kubelet is posting ready status";
    return { type: "Ready", status: "True", reason: "KubeletReady", message };
  }
  const message = problems.length === 1 ? problems[0]! : `[${problems.join(", ")}]`;
  return { type: "Ready", status: "False", reason: "KubeletNotReady", message };
}
