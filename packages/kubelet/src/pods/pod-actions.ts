// What can be done for a pod, and what the decision rests on beside the pod and what runs of it.

import type { Container } from "@kubonsai/api";
import type { ContainerState } from "./runtime-status.ts";

export type ProbeResult = "success" | "failure" | "unknown";

/** The results of the two probes that can end a container; undefined: no result yet. */
export interface ProbeResults {
  liveness(containerId: string): ProbeResult | undefined;
  startup(containerId: string): ProbeResult | undefined;
}

export interface PodActions {
  /** Stop everything; with `createSandbox` a new beginning follows, else nothing. */
  killPod: boolean;
  createSandbox: boolean;
  /** The number of the sandbox in use, or of the one to make. */
  sandboxAttempt: number;
  kill: ContainerToKill[];
  startInit: Container[];
  start: Container[];
  startEphemeral: Container[];
}

export interface ContainerToKill {
  container: Container;
  id: string;
  /** The Killing event's text. */
  message: string;
  reason: KillReason;
}

export type KillReason = "livenessProbe" | "startupProbe" | "postStartHook" | "pod";

/** The image is the one part of a container that a running pod's spec may change. */
export function isDefinitionChanged(container: Container, current: ContainerState): boolean {
  return current.specImage !== container.image;
}
