// Node: a machine that runs pods, what it offers and how it is.

import {
  aQuantity,
  aString,
  boolean,
  int32,
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
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const node = message("io.k8s.api.core.v1.Node", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<NodeSpec>(2, () => nodeSpec).default({}),
  status: ref<NodeStatus>(3, () => nodeStatus).default({}),
});
export interface Node extends TypeOf<typeof node> {
  metadata: ObjectMeta;
}

export const nodeSpec = message("io.k8s.api.core.v1.NodeSpec", {
  podCIDR: string(1),
  podCIDRs: list(7, aString).listSet().merge(),
  providerID: string(3),
  unschedulable: boolean(4),
  taints: list(
    5,
    of<Taint>(() => taint),
  ).atomic(),
  configSource: ref<NodeConfigSource>(6, () => nodeConfigSource),
  externalID: string(2),
});
export interface NodeSpec extends TypeOf<typeof nodeSpec> {}

export const nodeStatus = message("io.k8s.api.core.v1.NodeStatus", {
  capacity: map(1, aQuantity),
  allocatable: map(2, aQuantity),
  phase: string(3).oneOf("Pending", "Running", "Terminated"),
  conditions: list(
    4,
    of<NodeCondition>(() => nodeCondition),
  )
    .listMap("type")
    .merge("type"),
  addresses: list(
    5,
    of<NodeAddress>(() => nodeAddress),
  )
    .listMap("type")
    .merge("type"),
  daemonEndpoints: ref<NodeDaemonEndpoints>(6, () => nodeDaemonEndpoints).default({}),
  nodeInfo: ref<NodeSystemInfo>(7, () => nodeSystemInfo).default({}),
  images: list(
    8,
    of<ContainerImage>(() => containerImage),
  ).atomic(),
  volumesInUse: list(9, aString).atomic(),
  volumesAttached: list(
    10,
    of<AttachedVolume>(() => attachedVolume),
  ).atomic(),
  config: ref<NodeConfigStatus>(11, () => nodeConfigStatus),
  runtimeHandlers: list(
    12,
    of<NodeRuntimeHandler>(() => nodeRuntimeHandler),
  ).atomic(),
  features: ref<NodeFeatures>(13, () => nodeFeatures),
  declaredFeatures: list(14, aString).atomic(),
});
export interface NodeStatus extends TypeOf<typeof nodeStatus> {}

export const taint = message("io.k8s.api.core.v1.Taint", {
  key: string(1).required(),
  value: string(2),
  effect: string(3).oneOf("NoExecute", "NoSchedule", "PreferNoSchedule").required(),
  timeAdded: time(4),
});
export interface Taint extends TypeOf<typeof taint> {}

export const nodeCondition = message("io.k8s.api.core.v1.NodeCondition", {
  type: string(1).required(),
  status: string(2).required(),
  lastHeartbeatTime: time(3),
  lastTransitionTime: time(4),
  reason: string(5),
  message: string(6),
});
export interface NodeCondition extends TypeOf<typeof nodeCondition> {}

export const nodeAddress = message("io.k8s.api.core.v1.NodeAddress", {
  type: string(1).required(),
  address: string(2).required(),
});
export interface NodeAddress extends TypeOf<typeof nodeAddress> {}

export const nodeDaemonEndpoints = message("io.k8s.api.core.v1.NodeDaemonEndpoints", {
  kubeletEndpoint: ref<DaemonEndpoint>(1, () => daemonEndpoint).default({}),
});
export interface NodeDaemonEndpoints extends TypeOf<typeof nodeDaemonEndpoints> {}

export const daemonEndpoint = message("io.k8s.api.core.v1.DaemonEndpoint", {
  Port: int32(1).required(),
});
export interface DaemonEndpoint extends TypeOf<typeof daemonEndpoint> {}

export const nodeSystemInfo = message("io.k8s.api.core.v1.NodeSystemInfo", {
  machineID: string(1).required(),
  systemUUID: string(2).required(),
  bootID: string(3).required(),
  kernelVersion: string(4).required(),
  osImage: string(5).required(),
  containerRuntimeVersion: string(6).required(),
  kubeletVersion: string(7).required(),
  kubeProxyVersion: string(8).required(),
  operatingSystem: string(9).required(),
  architecture: string(10).required(),
  swap: ref<NodeSwapStatus>(11, () => nodeSwapStatus),
});
export interface NodeSystemInfo extends TypeOf<typeof nodeSystemInfo> {}

export const nodeSwapStatus = message("io.k8s.api.core.v1.NodeSwapStatus", {
  capacity: int64(1).explicit(),
});
export interface NodeSwapStatus extends TypeOf<typeof nodeSwapStatus> {}

export const containerImage = message("io.k8s.api.core.v1.ContainerImage", {
  names: list(1, aString).atomic(),
  sizeBytes: int64(2),
});
export interface ContainerImage extends TypeOf<typeof containerImage> {}

export const attachedVolume = message("io.k8s.api.core.v1.AttachedVolume", {
  name: string(1).required(),
  devicePath: string(2).required(),
});
export interface AttachedVolume extends TypeOf<typeof attachedVolume> {}

export const nodeRuntimeHandler = message("io.k8s.api.core.v1.NodeRuntimeHandler", {
  name: string(1),
  features: ref<NodeRuntimeHandlerFeatures>(2, () => nodeRuntimeHandlerFeatures),
});
export interface NodeRuntimeHandler extends TypeOf<typeof nodeRuntimeHandler> {}

export const nodeRuntimeHandlerFeatures = message("io.k8s.api.core.v1.NodeRuntimeHandlerFeatures", {
  recursiveReadOnlyMounts: boolean(1).explicit(),
  userNamespaces: boolean(2).explicit(),
});
export interface NodeRuntimeHandlerFeatures extends TypeOf<typeof nodeRuntimeHandlerFeatures> {}

export const nodeFeatures = message("io.k8s.api.core.v1.NodeFeatures", {
  supplementalGroupsPolicy: boolean(1).explicit(),
});
export interface NodeFeatures extends TypeOf<typeof nodeFeatures> {}

export const nodeConfigSource = message("io.k8s.api.core.v1.NodeConfigSource", {
  configMap: ref<ConfigMapNodeConfigSource>(2, () => configMapNodeConfigSource),
});
export interface NodeConfigSource extends TypeOf<typeof nodeConfigSource> {}

export const configMapNodeConfigSource = message("io.k8s.api.core.v1.ConfigMapNodeConfigSource", {
  namespace: string(1).required(),
  name: string(2).required(),
  uid: string(3),
  resourceVersion: string(4),
  kubeletConfigKey: string(5).required(),
});
export interface ConfigMapNodeConfigSource extends TypeOf<typeof configMapNodeConfigSource> {}

export const nodeConfigStatus = message("io.k8s.api.core.v1.NodeConfigStatus", {
  assigned: ref<NodeConfigSource>(1, () => nodeConfigSource),
  active: ref<NodeConfigSource>(2, () => nodeConfigSource),
  lastKnownGood: ref<NodeConfigSource>(3, () => nodeConfigSource),
  error: string(4),
});
export interface NodeConfigStatus extends TypeOf<typeof nodeConfigStatus> {}

export const nodeAllocatableResourceClaimStatus = message(
  "io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus",
  {
    resourceClaimName: string(1).required(),
    containers: list(2, aString).listSet(),
    resources: map(3, aQuantity).required(),
  },
);
export interface NodeAllocatableResourceClaimStatus extends TypeOf<
  typeof nodeAllocatableResourceClaimStatus
> {}
