// VolumeAttachment: a volume that is, or should be, attached to a node.

import {
  aString,
  boolean,
  int32,
  map,
  message,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import {
  persistentVolumeSpec,
  type PersistentVolumeSpec,
} from "../../core/v1/persistent-volume.ts";

export const volumeAttachment = message("io.k8s.api.storage.v1.VolumeAttachment", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<VolumeAttachmentSpec>(2, () => volumeAttachmentSpec)
    .required()
    .default({}),
  status: ref<VolumeAttachmentStatus>(3, () => volumeAttachmentStatus).default({}),
});
export interface VolumeAttachment extends TypeOf<typeof volumeAttachment> {
  metadata: ObjectMeta;
}

export const volumeAttachmentSpec = message("io.k8s.api.storage.v1.VolumeAttachmentSpec", {
  attacher: string(1).required(),
  source: ref<VolumeAttachmentSource>(2, () => volumeAttachmentSource)
    .required()
    .default({}),
  nodeName: string(3).required(),
});
export interface VolumeAttachmentSpec extends TypeOf<typeof volumeAttachmentSpec> {}

export const volumeAttachmentSource = message("io.k8s.api.storage.v1.VolumeAttachmentSource", {
  persistentVolumeName: string(1).explicit(),
  inlineVolumeSpec: ref<PersistentVolumeSpec>(2, () => persistentVolumeSpec),
});
export interface VolumeAttachmentSource extends TypeOf<typeof volumeAttachmentSource> {}

export const volumeAttachmentStatus = message("io.k8s.api.storage.v1.VolumeAttachmentStatus", {
  attached: boolean(1).required(),
  attachmentMetadata: map(2, aString),
  attachError: ref<VolumeError>(3, () => volumeError),
  detachError: ref<VolumeError>(4, () => volumeError),
});
export interface VolumeAttachmentStatus extends TypeOf<typeof volumeAttachmentStatus> {}

export const volumeError = message("io.k8s.api.storage.v1.VolumeError", {
  time: time(1),
  message: string(2),
  errorCode: int32(3).explicit(),
});
export interface VolumeError extends TypeOf<typeof volumeError> {}
