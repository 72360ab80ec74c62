// Volume sources that reach storage over the network.

import { aString, boolean, int32, list, message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { localObjectReference, type LocalObjectReference } from "./reference.ts";

export const nfsVolumeSource = message("io.k8s.api.core.v1.NFSVolumeSource", {
  server: string(1).required(),
  path: string(2).required(),
  readOnly: boolean(3),
});
export interface NFSVolumeSource extends TypeOf<typeof nfsVolumeSource> {}

export const iscsiVolumeSource = message("io.k8s.api.core.v1.ISCSIVolumeSource", {
  targetPortal: string(1).required(),
  iqn: string(2).required(),
  lun: int32(3).required(),
  iscsiInterface: string(4).default("default"),
  fsType: string(5),
  readOnly: boolean(6),
  portals: list(7, aString).atomic(),
  chapAuthDiscovery: boolean(8),
  chapAuthSession: boolean(11),
  secretRef: ref<LocalObjectReference>(10, () => localObjectReference),
  initiatorName: string(12).explicit(),
});
export interface ISCSIVolumeSource extends TypeOf<typeof iscsiVolumeSource> {}

export const glusterfsVolumeSource = message("io.k8s.api.core.v1.GlusterfsVolumeSource", {
  endpoints: string(1).required(),
  path: string(2).required(),
  readOnly: boolean(3),
});
export interface GlusterfsVolumeSource extends TypeOf<typeof glusterfsVolumeSource> {}

export const rbdVolumeSource = message("io.k8s.api.core.v1.RBDVolumeSource", {
  monitors: list(1, aString).atomic().required(),
  image: string(2).required(),
  fsType: string(3),
  pool: string(4).default("rbd"),
  user: string(5).default("admin"),
  keyring: string(6).default("/etc/ceph/keyring"),
  secretRef: ref<LocalObjectReference>(7, () => localObjectReference),
  readOnly: boolean(8),
});
export interface RBDVolumeSource extends TypeOf<typeof rbdVolumeSource> {}

export const cephFSVolumeSource = message("io.k8s.api.core.v1.CephFSVolumeSource", {
  monitors: list(1, aString).atomic().required(),
  path: string(2),
  user: string(3),
  secretFile: string(4),
  secretRef: ref<LocalObjectReference>(5, () => localObjectReference),
  readOnly: boolean(6),
});
export interface CephFSVolumeSource extends TypeOf<typeof cephFSVolumeSource> {}

export const fcVolumeSource = message("io.k8s.api.core.v1.FCVolumeSource", {
  targetWWNs: list(1, aString).atomic(),
  lun: int32(2).explicit(),
  fsType: string(3),
  readOnly: boolean(4),
  wwids: list(5, aString).atomic(),
});
export interface FCVolumeSource extends TypeOf<typeof fcVolumeSource> {}

export const flockerVolumeSource = message("io.k8s.api.core.v1.FlockerVolumeSource", {
  datasetName: string(1),
  datasetUUID: string(2),
});
export interface FlockerVolumeSource extends TypeOf<typeof flockerVolumeSource> {}

export const quobyteVolumeSource = message("io.k8s.api.core.v1.QuobyteVolumeSource", {
  registry: string(1).required(),
  volume: string(2).required(),
  readOnly: boolean(3),
  user: string(4),
  group: string(5),
  tenant: string(6),
});
export interface QuobyteVolumeSource extends TypeOf<typeof quobyteVolumeSource> {}

export const storageOSVolumeSource = message("io.k8s.api.core.v1.StorageOSVolumeSource", {
  volumeName: string(1),
  volumeNamespace: string(2),
  fsType: string(3),
  readOnly: boolean(4),
  secretRef: ref<LocalObjectReference>(5, () => localObjectReference),
});
export interface StorageOSVolumeSource extends TypeOf<typeof storageOSVolumeSource> {}

export const scaleIOVolumeSource = message("io.k8s.api.core.v1.ScaleIOVolumeSource", {
  gateway: string(1).required(),
  system: string(2).required(),
  secretRef: ref<LocalObjectReference>(3, () => localObjectReference).required(),
  sslEnabled: boolean(4),
  protectionDomain: string(5),
  storagePool: string(6),
  storageMode: string(7).default("ThinProvisioned"),
  volumeName: string(8),
  fsType: string(9).default("xfs"),
  readOnly: boolean(10),
});
export interface ScaleIOVolumeSource extends TypeOf<typeof scaleIOVolumeSource> {}

export const gitRepoVolumeSource = message("io.k8s.api.core.v1.GitRepoVolumeSource", {
  repository: string(1).required(),
  revision: string(2),
  directory: string(3),
});
export interface GitRepoVolumeSource extends TypeOf<typeof gitRepoVolumeSource> {}
