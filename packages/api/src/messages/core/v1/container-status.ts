// What a container of a pod is: its state now and before, image, readiness.

import {
  anInt64,
  aQuantity,
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
import { resourceRequirements, type ResourceRequirements } from "./resources.ts";
import { stopSignals } from "./stop-signals.ts";

export const containerStatus = message("io.k8s.api.core.v1.ContainerStatus", {
  name: string(1).required(),
  state: ref<ContainerState>(2, () => containerState).default({}),
  lastState: ref<ContainerState>(3, () => containerState).default({}),
  ready: boolean(4).required(),
  restartCount: int32(5).required(),
  image: string(6).required(),
  imageID: string(7).required(),
  containerID: string(8),
  started: boolean(9).explicit(),
  allocatedResources: map(10, aQuantity),
  resources: ref<ResourceRequirements>(11, () => resourceRequirements),
  volumeMounts: list(
    12,
    of<VolumeMountStatus>(() => volumeMountStatus),
  )
    .listMap("mountPath")
    .merge("mountPath"),
  user: ref<ContainerUser>(13, () => containerUser),
  allocatedResourcesStatus: list(
    14,
    of<ResourceStatus>(() => resourceStatus),
  )
    .listMap("name")
    .merge("name"),
  stopSignal: string(15)
    .oneOf(...stopSignals)
    .explicit(),
});
export interface ContainerStatus extends TypeOf<typeof containerStatus> {}

export const containerState = message("io.k8s.api.core.v1.ContainerState", {
  waiting: ref<ContainerStateWaiting>(1, () => containerStateWaiting),
  running: ref<ContainerStateRunning>(2, () => containerStateRunning),
  terminated: ref<ContainerStateTerminated>(3, () => containerStateTerminated),
});
export interface ContainerState extends TypeOf<typeof containerState> {}

export const containerStateWaiting = message("io.k8s.api.core.v1.ContainerStateWaiting", {
  reason: string(1),
  message: string(2),
});
export interface ContainerStateWaiting extends TypeOf<typeof containerStateWaiting> {}

export const containerStateRunning = message("io.k8s.api.core.v1.ContainerStateRunning", {
  startedAt: time(1),
});
export interface ContainerStateRunning extends TypeOf<typeof containerStateRunning> {}

export const containerStateTerminated = message("io.k8s.api.core.v1.ContainerStateTerminated", {
  exitCode: int32(1).required(),
  signal: int32(2),
  reason: string(3),
  message: string(4),
  startedAt: time(5),
  finishedAt: time(6),
  containerID: string(7),
});
export interface ContainerStateTerminated extends TypeOf<typeof containerStateTerminated> {}

export const volumeMountStatus = message("io.k8s.api.core.v1.VolumeMountStatus", {
  name: string(1).required(),
  mountPath: string(2).required(),
  readOnly: boolean(3),
  recursiveReadOnly: string(4).explicit(),
  volumeStatus: ref<VolumeStatus>(5, () => volumeStatus),
});
export interface VolumeMountStatus extends TypeOf<typeof volumeMountStatus> {}

export const volumeStatus = message("io.k8s.api.core.v1.VolumeStatus", {
  image: ref<ImageVolumeStatus>(1, () => imageVolumeStatus),
});
export interface VolumeStatus extends TypeOf<typeof volumeStatus> {}

export const imageVolumeStatus = message("io.k8s.api.core.v1.ImageVolumeStatus", {
  imageRef: string(1).required(),
});
export interface ImageVolumeStatus extends TypeOf<typeof imageVolumeStatus> {}

export const containerUser = message("io.k8s.api.core.v1.ContainerUser", {
  linux: ref<LinuxContainerUser>(1, () => linuxContainerUser),
});
export interface ContainerUser extends TypeOf<typeof containerUser> {}

export const linuxContainerUser = message("io.k8s.api.core.v1.LinuxContainerUser", {
  uid: int64(1).required(),
  gid: int64(2).required(),
  supplementalGroups: list(3, anInt64).atomic(),
});
export interface LinuxContainerUser extends TypeOf<typeof linuxContainerUser> {}

export const resourceStatus = message("io.k8s.api.core.v1.ResourceStatus", {
  name: string(1).required(),
  resources: list(
    2,
    of<ResourceHealth>(() => resourceHealth),
  ).listMap("resourceID"),
});
export interface ResourceStatus extends TypeOf<typeof resourceStatus> {}

export const resourceHealth = message("io.k8s.api.core.v1.ResourceHealth", {
  resourceID: string(1).required(),
  health: string(2),
  message: string(6).explicit(),
});
export interface ResourceHealth extends TypeOf<typeof resourceHealth> {}
