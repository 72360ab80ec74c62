// Admission at the node: what the scheduler promised is checked against what the node has.
// @see kubernetes pkg/kubelet/lifecycle/predicate.go

import type { Pod } from "@kubonsai/api";
import type { NodeContext } from "../node-context.ts";
import { matchesNode } from "./node-affinity.ts";
import { hostPortsTaken } from "./host-ports.ts";
import { insufficientResource } from "./resources.ts";

export interface Refusal {
  /** Becomes status.reason. */
  reason: string;
  /** The event's text, and the status message's after `Pod was rejected: `. */
  message: string;
}

export interface AdmissionInput {
  node: NodeContext;
  /** The node's other pods that have not ended. */
  others: readonly Pod[];
}

/** @returns undefined when the pod may run here */
export function admit(pod: Pod, { node, others }: AdmissionInput): Refusal | undefined {
  const lack = insufficientResource(pod, { allocatable: node.allocatable, others });
  if (lack) {
    const { resource, requested, used, capacity } = lack;
    const amounts = `requested: ${requested}, used: ${used}, capacity: ${capacity}`;
    const message = `Node didn't have enough resource: ${resource}, ${amounts}`;
    return { reason: `OutOf${resource}`, message };
  }
  if (!matchesNode(pod, { name: node.name, labels: node.labels() })) {
    return failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
  }
  if (hostPortsTaken(pod, others)) {
    return failed("NodePorts", "node(s) didn't have free ports for the requested pod ports");
  }
  return undefined;
}

const failed = (reason: string, why: string): Refusal => ({
  reason,
  message: `Predicate ${reason} failed: ${why}`,
});
