// What a container may use, as it reads it itself: the fields of resourceFieldRef.

import { parseQuantity, type Container, type Pod, type ResourceFieldSelector } from "@kubonsai/api";

export type Resources = { [name: string]: string };

/**
 * A limit that is not set is what the node offers; an absent request is 0.
 * @throws Error for a container or a resource that does not exist
 */
export function resourceField(
  pod: Pod,
  selector: ResourceFieldSelector,
  { container, allocatable }: { container: Container; allocatable: Resources },
): string {
  const { containerName, resource, divisor } = selector;
  const found = containerName ? containerNamed(pod, containerName) : container;
  const [side, ...rest] = resource.split(".");
  const name = rest.join(".");
  if (!SUPPORTED.has(name) || (side !== "limits" && side !== "requests")) {
    throw new Error(`unsupported container resource : ${resource}`);
  }
  const own = found.resources?.[side]?.[name];
  const { nanos } = parseQuantity(own ?? (side === "limits" ? (allocatable[name] ?? "0") : "0"));
  const unit = parseQuantity(divisor ?? "0").nanos || ONE;
  return String((nanos + unit - 1n) / unit);
}

const ONE = parseQuantity("1").nanos;
const SUPPORTED = new Set(["cpu", "memory", "ephemeral-storage"]);

function containerNamed({ spec }: Pod, name: string): Container {
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  const found = all.find((container) => container.name === name);
  if (!found) throw new Error(`container ${name} not found`);
  return found;
}
