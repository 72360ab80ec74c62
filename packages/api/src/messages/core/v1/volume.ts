// A pod's volume and the sources that live inside the cluster.

import {
  aString,
  boolean,
  int32,
  list,
  message,
  of,
  quantity,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import {
  awsElasticBlockStoreVolumeSource,
  type AWSElasticBlockStoreVolumeSource,
  azureDiskVolumeSource,
  type AzureDiskVolumeSource,
  azureFileVolumeSource,
  type AzureFileVolumeSource,
  cinderVolumeSource,
  type CinderVolumeSource,
  csiVolumeSource,
  type CSIVolumeSource,
  flexVolumeSource,
  type FlexVolumeSource,
  gcePersistentDiskVolumeSource,
  type GCEPersistentDiskVolumeSource,
  photonPersistentDiskVolumeSource,
  type PhotonPersistentDiskVolumeSource,
  portworxVolumeSource,
  type PortworxVolumeSource,
  vsphereVirtualDiskVolumeSource,
  type VsphereVirtualDiskVolumeSource,
} from "./cloud-volumes.ts";
import {
  cephFSVolumeSource,
  type CephFSVolumeSource,
  fcVolumeSource,
  type FCVolumeSource,
  flockerVolumeSource,
  type FlockerVolumeSource,
  gitRepoVolumeSource,
  type GitRepoVolumeSource,
  glusterfsVolumeSource,
  type GlusterfsVolumeSource,
  iscsiVolumeSource,
  type ISCSIVolumeSource,
  nfsVolumeSource,
  type NFSVolumeSource,
  quobyteVolumeSource,
  type QuobyteVolumeSource,
  rbdVolumeSource,
  type RBDVolumeSource,
  scaleIOVolumeSource,
  type ScaleIOVolumeSource,
  storageOSVolumeSource,
  type StorageOSVolumeSource,
} from "./network-volumes.ts";
import {
  downwardAPIVolumeFile,
  keyToPath,
  type DownwardAPIVolumeFile,
  type KeyToPath,
} from "./volume-file.ts";
import { projectedVolumeSource, type ProjectedVolumeSource } from "./projected-volume.ts";
import {
  typedLocalObjectReference,
  type TypedLocalObjectReference,
  typedObjectReference,
  type TypedObjectReference,
} from "./reference.ts";
import { volumeResourceRequirements, type VolumeResourceRequirements } from "./resources.ts";

export const volume = message(
  "io.k8s.api.core.v1.Volume",
  {
    name: string(1).required(),
    hostPath: ref<HostPathVolumeSource>(1, () => hostPathVolumeSource),
    emptyDir: ref<EmptyDirVolumeSource>(2, () => emptyDirVolumeSource),
    gcePersistentDisk: ref<GCEPersistentDiskVolumeSource>(3, () => gcePersistentDiskVolumeSource),
    awsElasticBlockStore: ref<AWSElasticBlockStoreVolumeSource>(
      4,
      () => awsElasticBlockStoreVolumeSource,
    ),
    gitRepo: ref<GitRepoVolumeSource>(5, () => gitRepoVolumeSource),
    secret: ref<SecretVolumeSource>(6, () => secretVolumeSource),
    nfs: ref<NFSVolumeSource>(7, () => nfsVolumeSource),
    iscsi: ref<ISCSIVolumeSource>(8, () => iscsiVolumeSource),
    glusterfs: ref<GlusterfsVolumeSource>(9, () => glusterfsVolumeSource),
    persistentVolumeClaim: ref<PersistentVolumeClaimVolumeSource>(
      10,
      () => persistentVolumeClaimVolumeSource,
    ),
    rbd: ref<RBDVolumeSource>(11, () => rbdVolumeSource),
    flexVolume: ref<FlexVolumeSource>(12, () => flexVolumeSource),
    cinder: ref<CinderVolumeSource>(13, () => cinderVolumeSource),
    cephfs: ref<CephFSVolumeSource>(14, () => cephFSVolumeSource),
    flocker: ref<FlockerVolumeSource>(15, () => flockerVolumeSource),
    downwardAPI: ref<DownwardAPIVolumeSource>(16, () => downwardAPIVolumeSource),
    fc: ref<FCVolumeSource>(17, () => fcVolumeSource),
    azureFile: ref<AzureFileVolumeSource>(18, () => azureFileVolumeSource),
    configMap: ref<ConfigMapVolumeSource>(19, () => configMapVolumeSource),
    vsphereVolume: ref<VsphereVirtualDiskVolumeSource>(20, () => vsphereVirtualDiskVolumeSource),
    quobyte: ref<QuobyteVolumeSource>(21, () => quobyteVolumeSource),
    azureDisk: ref<AzureDiskVolumeSource>(22, () => azureDiskVolumeSource),
    photonPersistentDisk: ref<PhotonPersistentDiskVolumeSource>(
      23,
      () => photonPersistentDiskVolumeSource,
    ),
    projected: ref<ProjectedVolumeSource>(26, () => projectedVolumeSource),
    portworxVolume: ref<PortworxVolumeSource>(24, () => portworxVolumeSource),
    scaleIO: ref<ScaleIOVolumeSource>(25, () => scaleIOVolumeSource),
    storageos: ref<StorageOSVolumeSource>(27, () => storageOSVolumeSource),
    csi: ref<CSIVolumeSource>(28, () => csiVolumeSource),
    ephemeral: ref<EphemeralVolumeSource>(29, () => ephemeralVolumeSource),
    image: ref<ImageVolumeSource>(30, () => imageVolumeSource),
  },
  {
    embedded: [
      {
        name: "volumeSource",
        number: 2,
        fields: [
          "hostPath",
          "emptyDir",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "gitRepo",
          "secret",
          "nfs",
          "iscsi",
          "glusterfs",
          "persistentVolumeClaim",
          "rbd",
          "flexVolume",
          "cinder",
          "cephfs",
          "flocker",
          "downwardAPI",
          "fc",
          "azureFile",
          "configMap",
          "vsphereVolume",
          "quobyte",
          "azureDisk",
          "photonPersistentDisk",
          "projected",
          "portworxVolume",
          "scaleIO",
          "storageos",
          "csi",
          "ephemeral",
          "image",
        ],
      },
    ],
  },
);
export interface Volume extends TypeOf<typeof volume> {}

export const hostPathVolumeSource = message("io.k8s.api.core.v1.HostPathVolumeSource", {
  path: string(1).required(),
  type: string(2)
    .oneOf(
      "",
      "BlockDevice",
      "CharDevice",
      "Directory",
      "DirectoryOrCreate",
      "File",
      "FileOrCreate",
      "Socket",
    )
    .explicit(),
});
export interface HostPathVolumeSource extends TypeOf<typeof hostPathVolumeSource> {}

export const emptyDirVolumeSource = message("io.k8s.api.core.v1.EmptyDirVolumeSource", {
  medium: string(1),
  sizeLimit: quantity(2),
});
export interface EmptyDirVolumeSource extends TypeOf<typeof emptyDirVolumeSource> {}

export const secretVolumeSource = message("io.k8s.api.core.v1.SecretVolumeSource", {
  secretName: string(1),
  items: list(
    2,
    of<KeyToPath>(() => keyToPath),
  ).atomic(),
  defaultMode: int32(3).explicit(),
  optional: boolean(4).explicit(),
});
export interface SecretVolumeSource extends TypeOf<typeof secretVolumeSource> {}

export const configMapVolumeSource = message(
  "io.k8s.api.core.v1.ConfigMapVolumeSource",
  {
    name: string(1),
    items: list(
      2,
      of<KeyToPath>(() => keyToPath),
    ).atomic(),
    defaultMode: int32(3).explicit(),
    optional: boolean(4).explicit(),
  },
  { embedded: [{ name: "localObjectReference", number: 1, fields: ["name"] }] },
);
export interface ConfigMapVolumeSource extends TypeOf<typeof configMapVolumeSource> {}

export const downwardAPIVolumeSource = message("io.k8s.api.core.v1.DownwardAPIVolumeSource", {
  items: list(
    1,
    of<DownwardAPIVolumeFile>(() => downwardAPIVolumeFile),
  ).atomic(),
  defaultMode: int32(2).explicit(),
});
export interface DownwardAPIVolumeSource extends TypeOf<typeof downwardAPIVolumeSource> {}

export const imageVolumeSource = message("io.k8s.api.core.v1.ImageVolumeSource", {
  reference: string(1),
  pullPolicy: string(2).oneOf("Always", "IfNotPresent", "Never"),
});
export interface ImageVolumeSource extends TypeOf<typeof imageVolumeSource> {}

export const persistentVolumeClaimVolumeSource = message(
  "io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource",
  {
    claimName: string(1).required(),
    readOnly: boolean(2),
  },
);
export interface PersistentVolumeClaimVolumeSource extends TypeOf<
  typeof persistentVolumeClaimVolumeSource
> {}

export const ephemeralVolumeSource = message("io.k8s.api.core.v1.EphemeralVolumeSource", {
  volumeClaimTemplate: ref<PersistentVolumeClaimTemplate>(1, () => persistentVolumeClaimTemplate),
});
export interface EphemeralVolumeSource extends TypeOf<typeof ephemeralVolumeSource> {}

export const persistentVolumeClaimTemplate = message(
  "io.k8s.api.core.v1.PersistentVolumeClaimTemplate",
  {
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<PersistentVolumeClaimSpec>(2, () => persistentVolumeClaimSpec)
      .required()
      .default({}),
  },
);
export interface PersistentVolumeClaimTemplate extends TypeOf<
  typeof persistentVolumeClaimTemplate
> {}

export const persistentVolumeClaimSpec = message("io.k8s.api.core.v1.PersistentVolumeClaimSpec", {
  accessModes: list(1, aString).atomic(),
  selector: ref<LabelSelector>(4, () => labelSelector),
  resources: ref<VolumeResourceRequirements>(2, () => volumeResourceRequirements).default({}),
  volumeName: string(3),
  storageClassName: string(5).explicit(),
  volumeMode: string(6).oneOf("Block", "Filesystem").explicit(),
  dataSource: ref<TypedLocalObjectReference>(7, () => typedLocalObjectReference),
  dataSourceRef: ref<TypedObjectReference>(8, () => typedObjectReference),
  volumeAttributesClassName: string(9).explicit(),
});
export interface PersistentVolumeClaimSpec extends TypeOf<typeof persistentVolumeClaimSpec> {}
