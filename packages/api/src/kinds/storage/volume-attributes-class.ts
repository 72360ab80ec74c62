// VolumeAttributesClass: qualities of volumes that can change while they live.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { volumeAttributesClassColumns } from "../../columns/csi.ts";
import {
  validateVolumeAttributesClass,
  validateVolumeAttributesClassUpdate,
} from "../../validation/csi.ts";
import {
  volumeAttributesClass,
  type VolumeAttributesClass,
} from "../../messages/storage/v1/volume-attributes-class.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const volumeAttributesClassKind: Kind<VolumeAttributesClass> = {
  group: "storage.k8s.io",
  version: "v1",
  resource: "volumeattributesclasses",
  namespaced: false,
  kind: "VolumeAttributesClass",
  listKind: "VolumeAttributesClassList",
  singular: "volumeattributesclass",
  shortNames: ["vac"],
  categories: [],
  verbs: standardVerbs,
  schema: volumeAttributesClass,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: volumeAttributesClassColumns,
  validate: validateVolumeAttributesClass,
  validateUpdate: validateVolumeAttributesClassUpdate,
  defaultPropagation: "Background",
};
