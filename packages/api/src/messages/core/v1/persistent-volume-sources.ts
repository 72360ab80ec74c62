// Where a persistent volume keeps its bytes, but for local disks and CSI drivers.

import {
  aString,
  boolean,
  int32,
  list,
  map,
  message,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectReference, type ObjectReference } from "./reference.ts";

export const azureFilePersistentVolumeSource = message(
  "io.k8s.api.core.v1.AzureFilePersistentVolumeSource",
  {
    secretName: string(1).required(),
    shareName: string(2).required(),
    readOnly: boolean(3),
    secretNamespace: string(4).explicit(),
  },
);
export interface AzureFilePersistentVolumeSource extends TypeOf<
  typeof azureFilePersistentVolumeSource
> {}

export const cephFSPersistentVolumeSource = message(
  "io.k8s.api.core.v1.CephFSPersistentVolumeSource",
  {
    monitors: list(1, aString).atomic().required(),
    path: string(2),
    user: string(3),
    secretFile: string(4),
    secretRef: ref<SecretReference>(5, () => secretReference),
    readOnly: boolean(6),
  },
);
export interface CephFSPersistentVolumeSource extends TypeOf<typeof cephFSPersistentVolumeSource> {}

export const cinderPersistentVolumeSource = message(
  "io.k8s.api.core.v1.CinderPersistentVolumeSource",
  {
    volumeID: string(1).required(),
    fsType: string(2),
    readOnly: boolean(3),
    secretRef: ref<SecretReference>(4, () => secretReference),
  },
);
export interface CinderPersistentVolumeSource extends TypeOf<typeof cinderPersistentVolumeSource> {}

export const flexPersistentVolumeSource = message("io.k8s.api.core.v1.FlexPersistentVolumeSource", {
  driver: string(1).required(),
  fsType: string(2),
  secretRef: ref<SecretReference>(3, () => secretReference),
  readOnly: boolean(4),
  options: map(5, aString),
});
export interface FlexPersistentVolumeSource extends TypeOf<typeof flexPersistentVolumeSource> {}

export const glusterfsPersistentVolumeSource = message(
  "io.k8s.api.core.v1.GlusterfsPersistentVolumeSource",
  {
    endpoints: string(1).required(),
    path: string(2).required(),
    readOnly: boolean(3),
    endpointsNamespace: string(4).explicit(),
  },
);
export interface GlusterfsPersistentVolumeSource extends TypeOf<
  typeof glusterfsPersistentVolumeSource
> {}

export const iscsiPersistentVolumeSource = message(
  "io.k8s.api.core.v1.ISCSIPersistentVolumeSource",
  {
    targetPortal: string(1).required(),
    iqn: string(2).required(),
    lun: int32(3).required(),
    iscsiInterface: string(4).default("default"),
    fsType: string(5),
    readOnly: boolean(6),
    portals: list(7, aString).atomic(),
    chapAuthDiscovery: boolean(8),
    chapAuthSession: boolean(11),
    secretRef: ref<SecretReference>(10, () => secretReference),
    initiatorName: string(12).explicit(),
  },
);
export interface ISCSIPersistentVolumeSource extends TypeOf<typeof iscsiPersistentVolumeSource> {}

export const rbdPersistentVolumeSource = message("io.k8s.api.core.v1.RBDPersistentVolumeSource", {
  monitors: list(1, aString).atomic().required(),
  image: string(2).required(),
  fsType: string(3),
  pool: string(4).default("rbd"),
  user: string(5).default("admin"),
  keyring: string(6).default("/etc/ceph/keyring"),
  secretRef: ref<SecretReference>(7, () => secretReference),
  readOnly: boolean(8),
});
export interface RBDPersistentVolumeSource extends TypeOf<typeof rbdPersistentVolumeSource> {}

export const scaleIOPersistentVolumeSource = message(
  "io.k8s.api.core.v1.ScaleIOPersistentVolumeSource",
  {
    gateway: string(1).required(),
    system: string(2).required(),
    secretRef: ref<SecretReference>(3, () => secretReference).required(),
    sslEnabled: boolean(4),
    protectionDomain: string(5),
    storagePool: string(6),
    storageMode: string(7).default("ThinProvisioned"),
    volumeName: string(8),
    fsType: string(9).default("xfs"),
    readOnly: boolean(10),
  },
);
export interface ScaleIOPersistentVolumeSource extends TypeOf<
  typeof scaleIOPersistentVolumeSource
> {}

export const storageOSPersistentVolumeSource = message(
  "io.k8s.api.core.v1.StorageOSPersistentVolumeSource",
  {
    volumeName: string(1),
    volumeNamespace: string(2),
    fsType: string(3),
    readOnly: boolean(4),
    secretRef: ref<ObjectReference>(5, () => objectReference),
  },
);
export interface StorageOSPersistentVolumeSource extends TypeOf<
  typeof storageOSPersistentVolumeSource
> {}

export const secretReference = message(
  "io.k8s.api.core.v1.SecretReference",
  {
    name: string(1),
    namespace: string(2),
  },
  { mapType: "atomic" },
);
export interface SecretReference extends TypeOf<typeof secretReference> {}
