// Whether a pod still fits on its node.

import {
  milliValue,
  parseQuantity,
  podRequests,
  wholeValue,
  type Pod,
  type PodSpec,
  type Quantity,
} from "@kubonsai/api";
import type { Resources } from "../../environment/resource-field.ts";

export interface Lack {
  resource: string;
  /** cpu in millis, all else whole. */
  requested: number;
  used: number;
  capacity: number;
}

export function insufficientResource(
  pod: Pod,
  { allocatable, others }: { allocatable: Resources; others: readonly Pod[] },
): Lack | undefined {
  const capacity = amount("pods", parseQuantity(allocatable["pods"] ?? "0"));
  if (others.length + 1 > capacity) {
    return { resource: "pods", requested: 1, used: others.length, capacity };
  }
  for (const [resource, quantity] of requestsOf(pod)) {
    const requested = amount(resource, quantity);
    if (requested === 0) continue;
    const used = others.reduce((sum, other) => sum + request(other, resource), 0);
    const available = amount(resource, parseQuantity(allocatable[resource] ?? "0"));
    if (requested + used > available) return { resource, requested, used, capacity: available };
  }
  return undefined;
}

function request(pod: Pod, resource: string): number {
  const quantity = requestsOf(pod).get(resource);
  return quantity ? amount(resource, quantity) : 0;
}

/** A node's pods are counted again for every pod that comes. */
const known = new WeakMap<PodSpec, ReturnType<typeof podRequests>>();

function requestsOf({ spec }: Pod) {
  const requests = known.get(spec) ?? podRequests(spec);
  known.set(spec, requests);
  return requests;
}

const amount = (resource: string, quantity: Quantity) =>
  resource === "cpu" ? milliValue(quantity) : wholeValue(quantity);
