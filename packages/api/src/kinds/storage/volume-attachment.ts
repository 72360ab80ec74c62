// VolumeAttachment: a volume that is, or should be, attached to a node.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { volumeAttachmentColumns } from "../../columns/csi.ts";
import { setVolumeAttachmentDefaults } from "../../defaults/csi.ts";
import { dropStatus, keepSpec, keepStatus } from "../../preparation/status.ts";
import {
  validateVolumeAttachment,
  validateVolumeAttachmentUpdate,
} from "../../validation/volume-attachment.ts";
import {
  volumeAttachment,
  type VolumeAttachment,
} from "../../messages/storage/v1/volume-attachment.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const volumeAttachmentKind: Kind<VolumeAttachment> = {
  group: "storage.k8s.io",
  version: "v1",
  resource: "volumeattachments",
  namespaced: false,
  kind: "VolumeAttachment",
  listKind: "VolumeAttachmentList",
  singular: "volumeattachment",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: volumeAttachment,
  subresources: [statusOf("storage.k8s.io", "v1", "VolumeAttachment")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: volumeAttachmentColumns,
  setDefaults: setVolumeAttachmentDefaults,
  prepareForCreate: dropStatus,
  prepareForUpdate: keepStatus,
  prepareForStatusUpdate: keepSpec,
  validate: validateVolumeAttachment,
  validateUpdate: validateVolumeAttachmentUpdate,
  validateStatusUpdate: validateVolumeAttachment,
  defaultPropagation: "Background",
};
