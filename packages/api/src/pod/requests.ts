// What a pod asks for, all containers together.
// @see kubernetes component-helpers/resource/helpers.go PodRequests

import type { Container } from "../messages/core/v1/container.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import { addQuantities, compareQuantities, tryParseQuantity } from "../quantity/quantity.ts";
import type { Quantity } from "../quantity/quantity.ts";
import { isSidecar } from "./containers.ts";

/** Resource name → quantity: `cpu`, `memory`, `example.com/gpu`. */
export type Resources = ReadonlyMap<string, Quantity>;

/** What the scheduler and the kubelet set aside for a pod, overhead included. */
export const podRequests = (spec: PodSpec): Resources => effective(spec, "requests");

/** The same for limits; only meaningful for resources that every container limits. */
export const podLimits = (spec: PodSpec): Resources => effective(spec, "limits");

function effective(spec: PodSpec, which: "requests" | "limits"): Resources {
  const total = new Map(aggregateContainers(spec, which));
  for (const [resource, quantity] of parsed(spec.resources?.[which])) total.set(resource, quantity);
  for (const [resource, quantity] of parsed(spec.overhead)) {
    if (which === "requests" || total.has(resource)) add(total, resource, quantity);
  }
  return total;
}

/**
 * Main containers and sidecars run together, init containers one after another beside the sidecars
 * declared before them: per resource the larger of the two.
 */
export function aggregateContainers(spec: PodSpec, which: "requests" | "limits"): Resources {
  const running = sum((spec.containers ?? []).map((one) => amounts(one, which)));
  const sidecars = new Map<string, Quantity>();
  const starting = new Map<string, Quantity>();
  for (const container of spec.initContainers ?? []) {
    const own = amounts(container, which);
    if (isSidecar(container)) for (const [name, value] of own) add(sidecars, name, value);
    raise(starting, isSidecar(container) ? sidecars : sum([own, sidecars]));
  }
  const together = sum([running, sidecars]);
  raise(together, starting);
  return together;
}

const amounts = ({ resources }: Container, which: "requests" | "limits") =>
  parsed(resources?.[which]);

function parsed(list: { [resource: string]: string } | undefined): Map<string, Quantity> {
  const quantities = new Map<string, Quantity>();
  for (const [resource, text] of Object.entries(list ?? {})) {
    const quantity = tryParseQuantity(text);
    if (quantity !== undefined) quantities.set(resource, quantity);
  }
  return quantities;
}

function sum(all: readonly Resources[]): Map<string, Quantity> {
  const total = new Map<string, Quantity>();
  for (const one of all) for (const [name, value] of one) add(total, name, value);
  return total;
}

function add(total: Map<string, Quantity>, resource: string, quantity: Quantity): void {
  const before = total.get(resource);
  total.set(resource, before === undefined ? quantity : addQuantities(before, quantity));
}

function raise(total: Map<string, Quantity>, other: Resources): void {
  for (const [resource, quantity] of other) {
    const before = total.get(resource);
    if (before === undefined || compareQuantities(quantity, before) > 0) {
      total.set(resource, quantity);
    }
  }
}
