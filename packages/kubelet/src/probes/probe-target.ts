// What a probe is aimed at: one container of a pod that this process runs.

import type { Container, Pod, PodStatus, Probe } from "@kubonsai/api";
import type { NodeContext } from "../pods/node-context.ts";

export const PROBE_TYPES = ["startup", "readiness", "liveness"] as const;
export type ProbeType = (typeof PROBE_TYPES)[number];

export interface PodUnderProbe {
  readonly node: NodeContext;
  /** The newest object known. */
  current(): Pod;
  /** The newest status, sent or not. */
  status(): PodStatus | undefined;
}

export function probeOf(container: Container, type: ProbeType): Probe | undefined {
  if (type === "startup") return container.startupProbe;
  return type === "liveness" ? container.livenessProbe : container.readinessProbe;
}
