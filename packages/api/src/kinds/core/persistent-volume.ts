// PersistentVolume: a piece of storage that the cluster knows of.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { persistentVolumeColumns } from "../../columns/storage.ts";
import { setPersistentVolumeDefaults } from "../../defaults/storage.ts";
import { keepStatus } from "../../preparation/status.ts";
import {
  preparePersistentVolumeForCreate,
  preparePersistentVolumeForStatusUpdate,
} from "../../preparation/storage.ts";
import {
  validatePersistentVolume,
  validatePersistentVolumeUpdate,
} from "../../validation/persistent-volume.ts";
import { persistentVolumeWarnings } from "../../warnings/storage.ts";
import {
  persistentVolume,
  type PersistentVolume,
} from "../../messages/core/v1/persistent-volume.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const persistentVolumeKind: Kind<PersistentVolume> = {
  group: "",
  version: "v1",
  resource: "persistentvolumes",
  namespaced: false,
  kind: "PersistentVolume",
  listKind: "PersistentVolumeList",
  singular: "persistentvolume",
  shortNames: ["pv"],
  categories: [],
  verbs: standardVerbs,
  schema: persistentVolume,
  subresources: [statusOf("", "v1", "PersistentVolume")],
  nameRule: dns1123Subdomain,
  selectableFields: { name: ({ metadata }) => metadata.name ?? "" },
  columns: persistentVolumeColumns,
  setDefaults: setPersistentVolumeDefaults,
  prepareForCreate: preparePersistentVolumeForCreate,
  prepareForUpdate: keepStatus,
  prepareForStatusUpdate: preparePersistentVolumeForStatusUpdate,
  validate: validatePersistentVolume,
  validateUpdate: validatePersistentVolumeUpdate,
  warnings: persistentVolumeWarnings,
  defaultPropagation: "Background",
};
