// The tables of storage drivers, their nodes and capacity, attachments and classes of attributes.

import type { Column } from "../kind.ts";
import type { CSIDriver } from "../messages/storage/v1/csi-driver.ts";
import type { CSINode } from "../messages/storage/v1/csi-node.ts";
import type { CSIStorageCapacity } from "../messages/storage/v1/csi-storage-capacity.ts";
import type { VolumeAttachment } from "../messages/storage/v1/volume-attachment.ts";
import type { VolumeAttributesClass } from "../messages/storage/v1/volume-attributes-class.ts";
import { booleanColumn, column, integerColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const csiDriverColumns: readonly Column<CSIDriver>[] = [
  nameColumn,
  booleanColumn("AttachRequired", "Attached first?", ({ spec }) => spec.attachRequired ?? true),
  booleanColumn("PodInfoOnMount", "Told of the pod?", ({ spec }) => spec.podInfoOnMount ?? false),
  booleanColumn(
    "StorageCapacity",
    "Does it tell what is left?",
    ({ spec }) => spec.storageCapacity ?? false,
  ),
  column("TokenRequests", "Audiences of tokens it wants", ({ spec: { tokenRequests } }) =>
    tokenRequests ? tokenRequests.map(({ audience }) => audience).join(",") : "<unset>",
  ),
  booleanColumn(
    "RequiresRepublish",
    "Called again and again?",
    ({ spec }) => spec.requiresRepublish ?? false,
  ),
  column(
    "Modes",
    "Lives of its volumes",
    ({ spec }) => (spec.volumeLifecycleModes ?? []).join(",") || "<none>",
  ),
  ageColumn,
];

export const csiNodeColumns: readonly Column<CSINode>[] = [
  nameColumn,
  integerColumn("Drivers", "How many", ({ spec }) => (spec.drivers ?? []).length),
  ageColumn,
];

export const csiStorageCapacityColumns: readonly Column<CSIStorageCapacity>[] = [
  nameColumn,
  column("StorageClassName", "Of which class", ({ storageClassName }) => storageClassName ?? ""),
  column("Capacity", "How much is left", ({ capacity }) => capacity ?? "<unset>"),
];

export const volumeAttachmentColumns: readonly Column<VolumeAttachment>[] = [
  nameColumn,
  column("Attacher", "The driver", ({ spec }) => spec.attacher ?? ""),
  column("PV", "The volume", ({ spec }) => spec.source?.persistentVolumeName ?? ""),
  column("Node", "Where to", ({ spec }) => spec.nodeName ?? ""),
  booleanColumn("Attached", "Is it attached?", ({ status }) => status?.attached ?? false),
  ageColumn,
];

export const volumeAttributesClassColumns: readonly Column<VolumeAttributesClass>[] = [
  nameColumn,
  column("DriverName", "The driver", ({ driverName }) => driverName ?? ""),
  ageColumn,
];
