// The pod conditions that the kubelet owns, in the order in which they are stored.
// @see kubernetes pkg/kubelet/status/generate.go

import { isSidecar, type ContainerStatus, type Pod, type PodCondition } from "@kubonsai/api";
import { quoted, sliceText } from "../../text/describe.ts";
import type { PodPhase } from "./phase.ts";

/** All others belong to somebody else and are kept as they are. */
export const KUBELET_CONDITIONS: ReadonlySet<string> = new Set([
  "PodReadyToStartContainers",
  "Initialized",
  "Ready",
  "ContainersReady",
  "PodScheduled",
]);

export interface ConditionInput {
  /** Of init and regular containers together. */
  statuses: readonly ContainerStatus[];
  phase: PodPhase;
  hasReadySandbox: boolean;
  /** Conditions of others: readiness gates. */
  foreign: readonly PodCondition[];
  /** The pod was initialized before: that is never taken back, even by a new sandbox. */
  wasInitialized: boolean;
}

/** Without times: `lastTransitionTime` comes in when the status is stored. */
export type BareCondition = Pick<PodCondition, "type" | "status"> &
  Partial<Pick<PodCondition, "reason" | "message">>;

export function podConditions(pod: Pod, input: ConditionInput): BareCondition[] {
  return [
    isTrue("PodReadyToStartContainers", input.hasReadySandbox),
    initialized(pod, input),
    readyCondition(pod, input),
    containersReady(pod, input),
    isTrue("PodScheduled", true),
  ];
}

export function initialized(pod: Pod, input: ConditionInput): BareCondition {
  const { statuses, phase, wasInitialized } = input;
  const type = "Initialized";
  const unknown: string[] = [];
  const incomplete: string[] = [];
  for (const container of pod.spec.initContainers ?? []) {
    const status = statuses.find(({ name }) => name === container.name);
    if (!status) unknown.push(container.name);
    else if (!(isSidecar(container) ? status.started : status.ready)) {
      incomplete.push(container.name);
    }
  }
  if (phase === "Succeeded" && unknown.length === 0) {
    return { type, status: "True", reason: "PodCompleted" };
  }
  const message = listed("incomplete", { unknown, rest: incomplete });
  const isInitialized = message === "" || wasInitialized || hasRegularStarted(pod, statuses);
  if (isInitialized) return { type, status: "True" };
  return { type, status: "False", reason: "ContainersNotInitialized", message };
}

export function containersReady(pod: Pod, { statuses, phase }: ConditionInput): BareCondition {
  const type = "ContainersReady";
  const unknown: string[] = [];
  const unready: string[] = [];
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar);
  for (const { name } of [...sidecars, ...pod.spec.containers]) {
    const status = statuses.find((one) => one.name === name);
    if (!status) unknown.push(name);
    else if (!status.ready) unready.push(name);
  }
  if (phase === "Succeeded" && unknown.length === 0) return terminalCondition(type, phase);
  if (phase === "Failed") return terminalCondition(type, phase);
  const message = listed("unready", { unknown, rest: unready });
  if (message === "") return { type, status: "True" };
  return { type, status: "False", reason: "ContainersNotReady", message };
}

export function readyCondition(pod: Pod, input: ConditionInput): BareCondition {
  const containers = containersReady(pod, input);
  if (containers.status !== "True") return { ...containers, type: "Ready" };
  const problems = gateProblems(pod, input.foreign);
  if (problems.length === 0) return { type: "Ready", status: "True" };
  return {
    type: "Ready",
    status: "False",
    reason: "ReadinessGatesNotReady",
    message: problems.join(", "),
  };
}

/** What Ready and ContainersReady say once the pod has ended. */
export function terminalCondition(
  type: "Ready" | "ContainersReady",
  phase: "Succeeded" | "Failed",
): BareCondition {
  return { type, status: "False", reason: phase === "Failed" ? "PodFailed" : "PodCompleted" };
}

function gateProblems(pod: Pod, conditions: readonly PodCondition[]): string[] {
  const problems: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const found = conditions.find(({ type }) => type === conditionType);
    const gate = quoted(conditionType);
    if (!found) {
      problems.push(`corresponding condition of pod readiness gate ${gate} does not exist.`);
    } else if (found.status !== "True") {
      problems.push(`the status of pod readiness gate ${gate} is not "True", but ${found.status}`);
    }
  }
  return problems;
}

function hasRegularStarted(pod: Pod, statuses: readonly ContainerStatus[]): boolean {
  const names = new Set(pod.spec.containers.map(({ name }) => name));
  return statuses.some(
    ({ name, state }) => names.has(name) && (state?.running || state?.terminated) !== undefined,
  );
}

function listed(word: string, { unknown, rest }: { unknown: string[]; rest: string[] }): string {
  const parts: string[] = [];
  if (unknown.length > 0) parts.push(`containers with unknown status: ${sliceText(unknown)}`);
  if (rest.length > 0) parts.push(`containers with ${word} status: ${sliceText(rest)}`);
  return parts.join(", ");
}

const isTrue = (type: string, holds: boolean): BareCondition => ({
  type,
  status: holds ? "True" : "False",
});
