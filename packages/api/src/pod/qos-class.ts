// How dearly a pod holds its resources: Guaranteed, Burstable or BestEffort.
// @see kubernetes pkg/apis/core/helper/qos/qos.go ComputePodQOS

import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import type { ResourceRequirements } from "../messages/core/v1/resources.ts";
import { addQuantities, compareQuantities, tryParseQuantity } from "../quantity/quantity.ts";
import type { Quantity } from "../quantity/quantity.ts";

export type QosClass = "Guaranteed" | "Burstable" | "BestEffort";

const counted = ["cpu", "memory"] as const;

type Amounts = Map<string, Quantity>;

export function qosClassOf(spec: PodSpec): QosClass {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const parts: ResourceRequirements[] =
    spec.resources !== undefined ? [spec.resources] : containers.map((one) => one.resources ?? {});
  const requests: Amounts = new Map();
  const limits: Amounts = new Map();
  for (const part of parts) {
    addPositive(requests, part.requests);
    addPositive(limits, part.limits);
  }
  if (requests.size === 0 && limits.size === 0) return "BestEffort";
  const isLimited = parts.every((part) => counted.every((name) => positive(part.limits, name)));
  return isLimited && isSame(requests, limits) ? "Guaranteed" : "Burstable";
}

function addPositive(total: Amounts, list: ResourceRequirements["limits"]): void {
  for (const name of counted) {
    const quantity = positive(list, name);
    if (quantity === undefined) continue;
    const before = total.get(name);
    total.set(name, before === undefined ? quantity : addQuantities(before, quantity));
  }
}

function positive(list: ResourceRequirements["limits"], name: string): Quantity | undefined {
  const quantity = tryParseQuantity(list?.[name]);
  return quantity !== undefined && quantity.nanos > 0n ? quantity : undefined;
}

const isSame = (a: Amounts, b: Amounts) =>
  a.size === b.size &&
  [...a].every(([name, quantity]) => {
    const other = b.get(name);
    return other !== undefined && compareQuantities(quantity, other) === 0;
  });
