// What a pod is: phase, conditions, addresses.

import {
  aQuantity,
  int64,
  list,
  map,
  message,
  of,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { containerStatus, type ContainerStatus } from "./container-status.ts";
import {
  nodeAllocatableResourceClaimStatus,
  type NodeAllocatableResourceClaimStatus,
} from "./node.ts";
import { resourceRequirements, type ResourceRequirements } from "./resources.ts";

export const podStatus = message("io.k8s.api.core.v1.PodStatus", {
  observedGeneration: int64(17),
  phase: string(1).oneOf("Failed", "Pending", "Running", "Succeeded", "Unknown"),
  conditions: list(
    2,
    of<PodCondition>(() => podCondition),
  )
    .listMap("type")
    .merge("type"),
  message: string(3),
  reason: string(4),
  nominatedNodeName: string(11),
  hostIP: string(5),
  hostIPs: list(
    16,
    of<HostIP>(() => hostIP),
  )
    .atomic()
    .merge("ip"),
  podIP: string(6),
  podIPs: list(
    12,
    of<PodIP>(() => podIP),
  )
    .listMap("ip")
    .merge("ip"),
  startTime: time(7),
  initContainerStatuses: list(
    10,
    of<ContainerStatus>(() => containerStatus),
  ).atomic(),
  containerStatuses: list(
    8,
    of<ContainerStatus>(() => containerStatus),
  ).atomic(),
  qosClass: string(9).oneOf("BestEffort", "Burstable", "Guaranteed"),
  ephemeralContainerStatuses: list(
    13,
    of<ContainerStatus>(() => containerStatus),
  ).atomic(),
  resize: string(14),
  resourceClaimStatuses: list(
    15,
    of<PodResourceClaimStatus>(() => podResourceClaimStatus),
  )
    .listMap("name")
    .merge("name")
    .retainKeys(),
  extendedResourceClaimStatus: ref<PodExtendedResourceClaimStatus>(
    18,
    () => podExtendedResourceClaimStatus,
  ),
  allocatedResources: map(19, aQuantity),
  resources: ref<ResourceRequirements>(20, () => resourceRequirements),
  nodeAllocatableResourceClaimStatuses: list(
    21,
    of<NodeAllocatableResourceClaimStatus>(() => nodeAllocatableResourceClaimStatus),
  ).atomic(),
});
export interface PodStatus extends TypeOf<typeof podStatus> {}

export const podCondition = message("io.k8s.api.core.v1.PodCondition", {
  type: string(1).required(),
  observedGeneration: int64(7),
  status: string(2).required(),
  lastProbeTime: time(3),
  lastTransitionTime: time(4),
  reason: string(5),
  message: string(6),
});
export interface PodCondition extends TypeOf<typeof podCondition> {}

export const hostIP = message("io.k8s.api.core.v1.HostIP", {
  ip: string(1).required(),
});
export interface HostIP extends TypeOf<typeof hostIP> {}

export const podIP = message("io.k8s.api.core.v1.PodIP", {
  ip: string(1).required(),
});
export interface PodIP extends TypeOf<typeof podIP> {}

export const podResourceClaimStatus = message("io.k8s.api.core.v1.PodResourceClaimStatus", {
  name: string(1).required(),
  resourceClaimName: string(2).explicit(),
});
export interface PodResourceClaimStatus extends TypeOf<typeof podResourceClaimStatus> {}

export const podExtendedResourceClaimStatus = message(
  "io.k8s.api.core.v1.PodExtendedResourceClaimStatus",
  {
    requestMappings: list(
      1,
      of<ContainerExtendedResourceRequest>(() => containerExtendedResourceRequest),
    )
      .atomic()
      .required(),
    resourceClaimName: string(2).required(),
  },
);
export interface PodExtendedResourceClaimStatus extends TypeOf<
  typeof podExtendedResourceClaimStatus
> {}

export const containerExtendedResourceRequest = message(
  "io.k8s.api.core.v1.ContainerExtendedResourceRequest",
  {
    containerName: string(1).required(),
    resourceName: string(2).required(),
    requestName: string(3).required(),
  },
);
export interface ContainerExtendedResourceRequest extends TypeOf<
  typeof containerExtendedResourceRequest
> {}
