// What storage drivers, their nodes and attachments get when nobody says.
// @see kubernetes pkg/apis/storage/v1/defaults.go

import type { CSIDriver } from "../messages/storage/v1/csi-driver.ts";
import type { CSINode } from "../messages/storage/v1/csi-node.ts";
import type { VolumeAttachment } from "../messages/storage/v1/volume-attachment.ts";
import { setPersistentVolumeSpecDefaults } from "./storage.ts";
import { emptyList } from "./zeros.ts";

export function setCSIDriverDefaults({ spec }: CSIDriver): void {
  spec.attachRequired ??= true;
  spec.podInfoOnMount ??= false;
  spec.storageCapacity ??= false;
  spec.fsGroupPolicy ??= "ReadWriteOnceWithFSType";
  if ((spec.volumeLifecycleModes ?? []).length === 0) spec.volumeLifecycleModes = ["Persistent"];
  spec.requiresRepublish ??= false;
  spec.seLinuxMount ??= false;
}

export function setCSINodeDefaults({ spec }: CSINode): void {
  spec.drivers ??= emptyList;
  for (const driver of spec.drivers ?? []) driver.topologyKeys ??= emptyList;
}

export function setVolumeAttachmentDefaults(attachment: VolumeAttachment): void {
  attachment.spec.source ??= {};
  attachment.status ??= {} as NonNullable<VolumeAttachment["status"]>;
  attachment.status.attached ??= false;
  const inline = attachment.spec.source.inlineVolumeSpec;
  if (inline) setPersistentVolumeSpecDefaults(inline);
}
