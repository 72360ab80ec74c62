// What pods get beyond the defaults of their spec; templates do not get these.
// @see kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Pod

import type { Pod } from "../messages/core/v1/pod.ts";
import type { Container } from "../messages/core/v1/container.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import { aggregateContainers } from "../pod/requests.ts";
import { formatQuantity } from "../quantity/quantity.ts";
import { setPodSpecDefaults } from "./pod-spec.ts";
import { zeroTime } from "./zero-time.ts";

export function setPodDefaults(pod: Pod): void {
  pod.spec ??= { containers: [] };
  const { spec } = pod;
  setPodSpecDefaults(spec);
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  containers.forEach(setRequestsFromLimits);
  setPodLevelRequests(spec);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork) containers.forEach(setHostPorts);
  for (const condition of pod.status?.conditions ?? []) {
    condition.lastProbeTime ??= zeroTime;
    condition.lastTransitionTime ??= zeroTime;
  }
  pod.status ??= {};
}

function setRequestsFromLimits({ resources }: Container): void {
  if (!resources?.limits) return;
  resources.requests = { ...resources.limits, ...resources.requests };
}

/** On the host's network a container's port is the host's. */
function setHostPorts({ ports }: Container): void {
  for (const port of ports ?? []) port.hostPort ||= port.containerPort;
}

const podLevelResources = new Set(["cpu", "memory"]);

/** Where the pod as a whole has limits: what its containers request, else the limit itself. */
function setPodLevelRequests(spec: PodSpec): void {
  const limits = spec.resources?.limits;
  if (!spec.resources || !limits || Object.keys(limits).length === 0) return;
  const requests = { ...spec.resources.requests };
  for (const [resource, quantity] of aggregateContainers(spec, "requests")) {
    if (podLevelResources.has(resource)) requests[resource] ??= formatQuantity(quantity);
  }
  for (const [resource, limit] of Object.entries(limits)) {
    const isPodLevel = podLevelResources.has(resource) || resource.startsWith("hugepages-");
    if (isPodLevel) requests[resource] ??= limit;
  }
  spec.resources.requests = requests;
}
