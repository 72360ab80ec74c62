// PersistentVolume: a piece of storage that the cluster knows of.

import {
  aQuantity,
  aString,
  boolean,
  list,
  map,
  message,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { nodeSelector, type NodeSelector } from "./affinity.ts";
import {
  awsElasticBlockStoreVolumeSource,
  type AWSElasticBlockStoreVolumeSource,
  azureDiskVolumeSource,
  type AzureDiskVolumeSource,
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
  fcVolumeSource,
  type FCVolumeSource,
  flockerVolumeSource,
  type FlockerVolumeSource,
  nfsVolumeSource,
  type NFSVolumeSource,
  quobyteVolumeSource,
  type QuobyteVolumeSource,
} from "./network-volumes.ts";
import {
  azureFilePersistentVolumeSource,
  type AzureFilePersistentVolumeSource,
  cephFSPersistentVolumeSource,
  type CephFSPersistentVolumeSource,
  cinderPersistentVolumeSource,
  type CinderPersistentVolumeSource,
  flexPersistentVolumeSource,
  type FlexPersistentVolumeSource,
  glusterfsPersistentVolumeSource,
  type GlusterfsPersistentVolumeSource,
  iscsiPersistentVolumeSource,
  type ISCSIPersistentVolumeSource,
  rbdPersistentVolumeSource,
  type RBDPersistentVolumeSource,
  scaleIOPersistentVolumeSource,
  type ScaleIOPersistentVolumeSource,
  secretReference,
  type SecretReference,
  storageOSPersistentVolumeSource,
  type StorageOSPersistentVolumeSource,
} from "./persistent-volume-sources.ts";
import { objectReference, type ObjectReference } from "./reference.ts";
import { hostPathVolumeSource, type HostPathVolumeSource } from "./volume.ts";

export const persistentVolume = message("io.k8s.api.core.v1.PersistentVolume", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<PersistentVolumeSpec>(2, () => persistentVolumeSpec).default({}),
  status: ref<PersistentVolumeStatus>(3, () => persistentVolumeStatus).default({}),
});
export interface PersistentVolume extends TypeOf<typeof persistentVolume> {
  metadata: ObjectMeta;
  spec: PersistentVolumeSpec;
}

export const persistentVolumeSpec = message(
  "io.k8s.api.core.v1.PersistentVolumeSpec",
  {
    capacity: map(1, aQuantity),
    gcePersistentDisk: ref<GCEPersistentDiskVolumeSource>(1, () => gcePersistentDiskVolumeSource),
    awsElasticBlockStore: ref<AWSElasticBlockStoreVolumeSource>(
      2,
      () => awsElasticBlockStoreVolumeSource,
    ),
    hostPath: ref<HostPathVolumeSource>(3, () => hostPathVolumeSource),
    glusterfs: ref<GlusterfsPersistentVolumeSource>(4, () => glusterfsPersistentVolumeSource),
    nfs: ref<NFSVolumeSource>(5, () => nfsVolumeSource),
    rbd: ref<RBDPersistentVolumeSource>(6, () => rbdPersistentVolumeSource),
    iscsi: ref<ISCSIPersistentVolumeSource>(7, () => iscsiPersistentVolumeSource),
    cinder: ref<CinderPersistentVolumeSource>(8, () => cinderPersistentVolumeSource),
    cephfs: ref<CephFSPersistentVolumeSource>(9, () => cephFSPersistentVolumeSource),
    fc: ref<FCVolumeSource>(10, () => fcVolumeSource),
    flocker: ref<FlockerVolumeSource>(11, () => flockerVolumeSource),
    flexVolume: ref<FlexPersistentVolumeSource>(12, () => flexPersistentVolumeSource),
    azureFile: ref<AzureFilePersistentVolumeSource>(13, () => azureFilePersistentVolumeSource),
    vsphereVolume: ref<VsphereVirtualDiskVolumeSource>(14, () => vsphereVirtualDiskVolumeSource),
    quobyte: ref<QuobyteVolumeSource>(15, () => quobyteVolumeSource),
    azureDisk: ref<AzureDiskVolumeSource>(16, () => azureDiskVolumeSource),
    photonPersistentDisk: ref<PhotonPersistentDiskVolumeSource>(
      17,
      () => photonPersistentDiskVolumeSource,
    ),
    portworxVolume: ref<PortworxVolumeSource>(18, () => portworxVolumeSource),
    scaleIO: ref<ScaleIOPersistentVolumeSource>(19, () => scaleIOPersistentVolumeSource),
    local: ref<LocalVolumeSource>(20, () => localVolumeSource),
    storageos: ref<StorageOSPersistentVolumeSource>(21, () => storageOSPersistentVolumeSource),
    csi: ref<CSIPersistentVolumeSource>(22, () => csiPersistentVolumeSource),
    accessModes: list(3, aString).atomic(),
    claimRef: ref<ObjectReference>(4, () => objectReference).granular(),
    persistentVolumeReclaimPolicy: string(5).oneOf("Delete", "Recycle", "Retain"),
    storageClassName: string(6),
    mountOptions: list(7, aString).atomic(),
    volumeMode: string(8).oneOf("Block", "Filesystem").explicit(),
    nodeAffinity: ref<VolumeNodeAffinity>(9, () => volumeNodeAffinity),
    volumeAttributesClassName: string(10).explicit(),
  },
  {
    embedded: [
      {
        name: "persistentVolumeSource",
        number: 2,
        fields: [
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "hostPath",
          "glusterfs",
          "nfs",
          "rbd",
          "iscsi",
          "cinder",
          "cephfs",
          "fc",
          "flocker",
          "flexVolume",
          "azureFile",
          "vsphereVolume",
          "quobyte",
          "azureDisk",
          "photonPersistentDisk",
          "portworxVolume",
          "scaleIO",
          "local",
          "storageos",
          "csi",
        ],
      },
    ],
  },
);
export interface PersistentVolumeSpec extends TypeOf<typeof persistentVolumeSpec> {}

export const persistentVolumeStatus = message("io.k8s.api.core.v1.PersistentVolumeStatus", {
  phase: string(1).oneOf("Available", "Bound", "Failed", "Pending", "Released"),
  message: string(2),
  reason: string(3),
  lastPhaseTransitionTime: time(4),
});
export interface PersistentVolumeStatus extends TypeOf<typeof persistentVolumeStatus> {}

export const volumeNodeAffinity = message("io.k8s.api.core.v1.VolumeNodeAffinity", {
  required: ref<NodeSelector>(1, () => nodeSelector),
});
export interface VolumeNodeAffinity extends TypeOf<typeof volumeNodeAffinity> {}

export const localVolumeSource = message("io.k8s.api.core.v1.LocalVolumeSource", {
  path: string(1).required(),
  fsType: string(2).explicit(),
});
export interface LocalVolumeSource extends TypeOf<typeof localVolumeSource> {}

export const csiPersistentVolumeSource = message("io.k8s.api.core.v1.CSIPersistentVolumeSource", {
  driver: string(1).required(),
  volumeHandle: string(2).required(),
  readOnly: boolean(3),
  fsType: string(4),
  volumeAttributes: map(5, aString),
  controllerPublishSecretRef: ref<SecretReference>(6, () => secretReference),
  nodeStageSecretRef: ref<SecretReference>(7, () => secretReference),
  nodePublishSecretRef: ref<SecretReference>(8, () => secretReference),
  controllerExpandSecretRef: ref<SecretReference>(9, () => secretReference),
  nodeExpandSecretRef: ref<SecretReference>(10, () => secretReference),
});
export interface CSIPersistentVolumeSource extends TypeOf<typeof csiPersistentVolumeSource> {}
