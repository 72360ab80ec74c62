// A pod as the scheduler weighs it: what it asks of a node, worked out once.

import { isSidecar, podRequests, type Container, type Pod } from "@kubonsai/api";
import { keyOf } from "@kubonsai/client";
import { accumulate, amountOf, type Amounts } from "./amounts.ts";

/** What a container without requests counts for when nodes are compared. */
const ASSUMED_CPU_MILLIS = 100;
const ASSUMED_MEMORY_BYTES = 200 * 1024 * 1024;

export interface HostPort {
  /** `0.0.0.0` is every address of the node. */
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

export interface PodDemand {
  readonly pod: Pod;
  /** `namespace/name` */
  readonly key: string;
  readonly requests: Amounts;
  /** cpu and memory, with something assumed for containers that say nothing. */
  readonly weighed: Amounts;
  readonly hostPorts: readonly HostPort[];
}

export function demandOf(pod: Pod): PodDemand {
  return {
    pod,
    key: keyOf(pod),
    requests: requestsOf(pod),
    weighed: requestsOf(withAssumedRequests(pod)),
    hostPorts: hostPortsOf(pod),
  };
}

function requestsOf(pod: Pod): Amounts {
  const amounts = new Map<string, number>();
  for (const [resource, quantity] of podRequests(pod.spec)) {
    accumulate(amounts, new Map([[resource, amountOf(resource, quantity)]]), 1);
  }
  return amounts;
}

function withAssumedRequests(pod: Pod): Pod {
  const assumed = (containers: Container[] | undefined) => containers?.map(withAssumed);
  const { containers, initContainers } = pod.spec;
  const lists = {
    containers: assumed(containers) ?? [],
    ...(initContainers ? { initContainers: assumed(initContainers)! } : {}),
  };
  return { ...pod, spec: { ...pod.spec, ...lists } };
}

function withAssumed(container: Container): Container {
  const requests = {
    cpu: `${ASSUMED_CPU_MILLIS}m`,
    memory: `${ASSUMED_MEMORY_BYTES}`,
    ...container.resources?.requests,
  };
  return { ...container, resources: { ...container.resources, requests } };
}

/** Of the containers that stay: main ones and sidecars. */
function hostPortsOf({ spec }: Pod): HostPort[] {
  const sidecars = (spec.initContainers ?? []).filter(isSidecar);
  return [...sidecars, ...spec.containers].flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, hostIP, protocol }) =>
      hostPort ? [{ ip: hostIP || "0.0.0.0", protocol: protocol || "TCP", port: hostPort }] : [],
    ),
  );
}
