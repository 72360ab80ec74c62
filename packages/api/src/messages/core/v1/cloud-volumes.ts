// Volume sources of cloud providers and drivers.

import { aString, boolean, int32, map, message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { localObjectReference, type LocalObjectReference } from "./reference.ts";

export const gcePersistentDiskVolumeSource = message(
  "io.k8s.api.core.v1.GCEPersistentDiskVolumeSource",
  {
    pdName: string(1).required(),
    fsType: string(2),
    partition: int32(3),
    readOnly: boolean(4),
  },
);
export interface GCEPersistentDiskVolumeSource extends TypeOf<
  typeof gcePersistentDiskVolumeSource
> {}

export const awsElasticBlockStoreVolumeSource = message(
  "io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource",
  {
    volumeID: string(1).required(),
    fsType: string(2),
    partition: int32(3),
    readOnly: boolean(4),
  },
);
export interface AWSElasticBlockStoreVolumeSource extends TypeOf<
  typeof awsElasticBlockStoreVolumeSource
> {}

export const cinderVolumeSource = message("io.k8s.api.core.v1.CinderVolumeSource", {
  volumeID: string(1).required(),
  fsType: string(2),
  readOnly: boolean(3),
  secretRef: ref<LocalObjectReference>(4, () => localObjectReference),
});
export interface CinderVolumeSource extends TypeOf<typeof cinderVolumeSource> {}

export const azureFileVolumeSource = message("io.k8s.api.core.v1.AzureFileVolumeSource", {
  secretName: string(1).required(),
  shareName: string(2).required(),
  readOnly: boolean(3),
});
export interface AzureFileVolumeSource extends TypeOf<typeof azureFileVolumeSource> {}

export const azureDiskVolumeSource = message("io.k8s.api.core.v1.AzureDiskVolumeSource", {
  diskName: string(1).required(),
  diskURI: string(2).required(),
  cachingMode: string(3).oneOf("None", "ReadOnly", "ReadWrite").default("ReadWrite").explicit(),
  fsType: string(4).default("ext4").explicit(),
  readOnly: boolean(5).explicit(),
  kind: string(6).oneOf("Dedicated", "Managed", "Shared").default("Shared").explicit(),
});
export interface AzureDiskVolumeSource extends TypeOf<typeof azureDiskVolumeSource> {}

export const vsphereVirtualDiskVolumeSource = message(
  "io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource",
  {
    volumePath: string(1).required(),
    fsType: string(2),
    storagePolicyName: string(3),
    storagePolicyID: string(4),
  },
);
export interface VsphereVirtualDiskVolumeSource extends TypeOf<
  typeof vsphereVirtualDiskVolumeSource
> {}

export const photonPersistentDiskVolumeSource = message(
  "io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource",
  {
    pdID: string(1).required(),
    fsType: string(2),
  },
);
export interface PhotonPersistentDiskVolumeSource extends TypeOf<
  typeof photonPersistentDiskVolumeSource
> {}

export const portworxVolumeSource = message("io.k8s.api.core.v1.PortworxVolumeSource", {
  volumeID: string(1).required(),
  fsType: string(2),
  readOnly: boolean(3),
});
export interface PortworxVolumeSource extends TypeOf<typeof portworxVolumeSource> {}

export const flexVolumeSource = message("io.k8s.api.core.v1.FlexVolumeSource", {
  driver: string(1).required(),
  fsType: string(2),
  secretRef: ref<LocalObjectReference>(3, () => localObjectReference),
  readOnly: boolean(4),
  options: map(5, aString),
});
export interface FlexVolumeSource extends TypeOf<typeof flexVolumeSource> {}

export const csiVolumeSource = message("io.k8s.api.core.v1.CSIVolumeSource", {
  driver: string(1).required(),
  readOnly: boolean(2).explicit(),
  fsType: string(3).explicit(),
  volumeAttributes: map(4, aString),
  nodePublishSecretRef: ref<LocalObjectReference>(5, () => localObjectReference),
});
export interface CSIVolumeSource extends TypeOf<typeof csiVolumeSource> {}
