// What volumes, claims and storage classes get when their manifests do not say.
// @see kubernetes pkg/apis/core/v1/defaults.go, pkg/apis/storage/v1/defaults.go

import type { PersistentVolumeClaim } from "../messages/core/v1/persistent-volume-claim.ts";
import type { PersistentVolume } from "../messages/core/v1/persistent-volume.ts";
import type { PersistentVolumeClaimSpec } from "../messages/core/v1/volume.ts";
import type { StorageClass } from "../messages/storage/v1/storage-class.ts";
import { roundResourceList } from "./resources.ts";

export function setPersistentVolumeDefaults(volume: PersistentVolume): void {
  volume.spec ??= {};
  volume.status ??= {};
  volume.status.phase ||= "Pending";
  setPersistentVolumeSpecDefaults(volume.spec);
  volume.spec.persistentVolumeReclaimPolicy ||= "Retain";
  volume.spec.volumeMode ??= "Filesystem";
}

export function setPersistentVolumeSpecDefaults(spec: PersistentVolume["spec"]): void {
  roundResourceList(spec.capacity);
  if (spec.hostPath) spec.hostPath.type ??= "";
}

export function setPersistentVolumeClaimDefaults(claim: PersistentVolumeClaim): void {
  claim.spec ??= {};
  claim.status ??= {};
  claim.status.phase ||= "Pending";
  roundResourceList(claim.status.capacity);
  roundResourceList(claim.status.allocatedResources);
  setClaimSpecDefaults(claim.spec);
}

function setClaimSpecDefaults(spec: PersistentVolumeClaimSpec): void {
  spec.resources ??= {};
  roundResourceList(spec.resources.requests);
  roundResourceList(spec.resources.limits);
  spec.volumeMode ??= "Filesystem";
}

export function setStorageClassDefaults(storageClass: StorageClass): void {
  storageClass.reclaimPolicy ??= "Delete";
  storageClass.volumeBindingMode ??= "Immediate";
}
