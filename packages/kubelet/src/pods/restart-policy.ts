// Which containers come back, and which never do.

import { isSidecar, type Container, type Pod, type PodSpec } from "@kubonsai/api";
import { latest, type PodRuntimeStatus } from "./runtime-status.ts";

/** Sidecars are init containers too; this is true for init containers that must end. */
export const isPlainInit = (container: Container) => !isSidecar(container);

/** Whether a container that ended with `exitCode` is started again while its pod lives. */
export function restartsAfterExit(container: Container, spec: PodSpec, exitCode: number): boolean {
  if (container.restartPolicy !== undefined) {
    if (ruleMatches(container, exitCode)) return true;
    return policyRestarts(container.restartPolicy, exitCode);
  }
  return policyRestarts(spec.restartPolicy ?? "Always", exitCode);
}

/** Whether a container killed by the kubelet (probe, changed definition) is started again. */
export function restartsAfterKill(container: Container, spec: PodSpec): boolean {
  return (container.restartPolicy ?? spec.restartPolicy ?? "Always") !== "Never";
}

/** Whether the next sync will start it: what shows as waiting rather than terminated. */
export function shouldBeRestarted(
  container: Container,
  pod: Pod,
  status: PodRuntimeStatus,
): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  const current = latest(status, container.name);
  if (!current) return true;
  if (current.state === "running") return false;
  if (current.state === "created") return true;
  return restartsAfterExit(container, pod.spec, current.exitCode);
}

function policyRestarts(policy: string, exitCode: number): boolean {
  if (policy === "Never") return false;
  return policy === "Always" || exitCode !== 0;
}

/** Restart rules pick single exit codes out, whatever the policy says. */
function ruleMatches(container: Container, exitCode: number): boolean {
  return (container.restartPolicyRules ?? []).some((rule) => {
    const values = rule.exitCodes?.values ?? [];
    const isListed = values.includes(exitCode);
    if (rule.action !== "Restart" || !rule.exitCodes) return false;
    return rule.exitCodes.operator === "In" ? isListed : !isListed;
  });
}
