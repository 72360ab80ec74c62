// Whether a pod still fits on its node.

import type { Container, Pod } from "@kubonsai/api";
import { quantityMillis, quantityValue } from "../../environment/quantity.ts";
import type { Resources } from "../../environment/resource-field.ts";
import { isSidecar } from "../restart-policy.ts";

export interface Lack {
  resource: string;
  /** cpu in millis, all else whole. */
  requested: number;
  used: number;
  capacity: number;
}

const CHECKED = ["cpu", "memory", "ephemeral-storage"];

export function insufficientResource(
  pod: Pod,
  { allocatable, others }: { allocatable: Resources; others: readonly Pod[] },
): Lack | undefined {
  const capacity = quantityValue(allocatable["pods"] ?? 0);
  if (others.length + 1 > capacity) {
    return { resource: "pods", requested: 1, used: others.length, capacity };
  }
  for (const resource of CHECKED) {
    const requested = request(pod, resource);
    if (requested === 0) continue;
    const used = others.reduce((sum, other) => sum + request(other, resource), 0);
    const available = amount(allocatable[resource], resource);
    if (requested + used > available) return { resource, requested, used, capacity: available };
  }
  return undefined;
}

/** Regular containers and sidecars together, or more where an init container needs it. */
function request({ spec }: Pod, resource: string): number {
  const own = spec.resources?.requests?.[resource];
  const overhead = amount(spec.overhead?.[resource], resource);
  if (own !== undefined) return amount(own, resource) + overhead;
  const of = (container: Container) => amount(container.resources?.requests?.[resource], resource);
  let sidecars = 0;
  let start = 0;
  for (const container of spec.initContainers ?? []) {
    start = Math.max(start, of(container) + sidecars);
    if (isSidecar(container)) sidecars += of(container);
  }
  const running = spec.containers.reduce((sum, container) => sum + of(container), sidecars);
  return Math.max(running, start) + overhead;
}

const amount = (text: string | undefined, resource: string) =>
  resource === "cpu" ? quantityMillis(text ?? 0) : quantityValue(text ?? 0);
