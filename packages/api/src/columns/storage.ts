// The tables of volumes, claims and storage classes.

import type { Column, KubernetesObject } from "../kind.ts";
import type { PersistentVolumeClaim } from "../messages/core/v1/persistent-volume-claim.ts";
import type { PersistentVolume } from "../messages/core/v1/persistent-volume.ts";
import type { StorageClass } from "../messages/storage/v1/storage-class.ts";
import { column, wideColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const persistentVolumeColumns: readonly Column<PersistentVolume>[] = [
  nameColumn,
  column("Capacity", "Its size", ({ spec }) => spec.capacity?.["storage"] ?? "0"),
  column("Access Modes", "How it can be mounted", ({ spec }) => modesText(spec.accessModes)),
  column(
    "Reclaim Policy",
    "What becomes of it after its claim",
    ({ spec }) => spec.persistentVolumeReclaimPolicy ?? "",
  ),
  column("Status", "Its phase", phase),
  column("Claim", "The claim that has it", ({ spec: { claimRef } }) =>
    claimRef ? `${claimRef.namespace ?? ""}/${claimRef.name ?? ""}` : "",
  ),
  column("StorageClass", "Its class", (volume) => className(volume, volume.spec.storageClassName)),
  column("VolumeAttributesClass", "Its class of attributes", attributesClass),
  column("Reason", "Why it is in its phase", ({ status }) => status?.reason ?? ""),
  ageColumn,
  wideColumn("VolumeMode", "Files or blocks", ({ spec }) => spec.volumeMode ?? "<unset>"),
];

export const persistentVolumeClaimColumns: readonly Column<PersistentVolumeClaim>[] = [
  nameColumn,
  column("Status", "Its phase", phase),
  column("Volume", "The volume that it has", ({ spec }) => spec.volumeName ?? ""),
  column("Capacity", "The volume's size", ({ spec, status }) =>
    spec.volumeName ? (status?.capacity?.["storage"] ?? "0") : "",
  ),
  column("Access Modes", "How it can be mounted", ({ spec, status }) =>
    spec.volumeName ? modesText(status?.accessModes) : "",
  ),
  column("StorageClass", "Its class", (claim) => className(claim, claim.spec.storageClassName)),
  column("VolumeAttributesClass", "Its class of attributes", attributesClass),
  ageColumn,
  wideColumn("VolumeMode", "Files or blocks", ({ spec }) => spec.volumeMode ?? "<unset>"),
];

const defaultClass = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

export const storageClassColumns: readonly Column<StorageClass>[] = [
  {
    ...nameColumn,
    cell: ({ metadata }) => {
      const isDefault = defaultClass.some((key) => metadata.annotations?.[key] === "true");
      return (metadata.name ?? "") + (isDefault ? " (default)" : "");
    },
  },
  column("Provisioner", "Who makes its volumes", ({ provisioner }) => provisioner ?? ""),
  column("ReclaimPolicy", "What becomes of them", ({ reclaimPolicy }) => reclaimPolicy ?? "Delete"),
  column(
    "VolumeBindingMode",
    "When they are made",
    ({ volumeBindingMode }) => volumeBindingMode ?? "Immediate",
  ),
  column(
    "AllowVolumeExpansion",
    "Whether they can grow",
    ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false,
  ),
  ageColumn,
];

const shortModes = [
  ["ReadWriteOnce", "RWO"],
  ["ReadOnlyMany", "ROX"],
  ["ReadWriteMany", "RWX"],
  ["ReadWriteOncePod", "RWOP"],
] as const;

const modesText = (modes: readonly string[] = []) =>
  shortModes
    .filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join(",");

function phase({ metadata, status }: PersistentVolume | PersistentVolumeClaim): string {
  return metadata.deletionTimestamp ? "Terminating" : (status?.phase ?? "");
}

const className = ({ metadata }: KubernetesObject, name: string | undefined) =>
  metadata.annotations?.["volume.beta.kubernetes.io/storage-class"] ?? name ?? "";

function attributesClass({ spec }: PersistentVolume | PersistentVolumeClaim): string {
  return spec.volumeAttributesClassName ?? "<unset>";
}
