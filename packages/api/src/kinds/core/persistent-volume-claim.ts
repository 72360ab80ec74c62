// PersistentVolumeClaim: what a pod wants of storage, and what it was given.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { persistentVolumeClaimColumns } from "../../columns/storage.ts";
import { setPersistentVolumeClaimDefaults } from "../../defaults/storage.ts";
import { keepSpec } from "../../preparation/status.ts";
import { prepareClaimForCreate, prepareClaimForUpdate } from "../../preparation/storage.ts";
import {
  validatePersistentVolumeClaim,
  validatePersistentVolumeClaimStatusUpdate,
  validatePersistentVolumeClaimUpdate,
} from "../../validation/persistent-volume-claim.ts";
import { persistentVolumeClaimWarnings } from "../../warnings/storage.ts";
import {
  persistentVolumeClaim,
  type PersistentVolumeClaim,
} from "../../messages/core/v1/persistent-volume-claim.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const persistentVolumeClaimKind: Kind<PersistentVolumeClaim> = {
  group: "",
  version: "v1",
  resource: "persistentvolumeclaims",
  namespaced: true,
  kind: "PersistentVolumeClaim",
  listKind: "PersistentVolumeClaimList",
  singular: "persistentvolumeclaim",
  shortNames: ["pvc"],
  categories: [],
  verbs: standardVerbs,
  schema: persistentVolumeClaim,
  subresources: [statusOf("", "v1", "PersistentVolumeClaim")],
  nameRule: dns1123Subdomain,
  selectableFields: { name: ({ metadata }) => metadata.name ?? "" },
  columns: persistentVolumeClaimColumns,
  setDefaults: setPersistentVolumeClaimDefaults,
  prepareForCreate: prepareClaimForCreate,
  prepareForUpdate: prepareClaimForUpdate,
  prepareForStatusUpdate: keepSpec,
  validate: validatePersistentVolumeClaim,
  validateUpdate: validatePersistentVolumeClaimUpdate,
  validateStatusUpdate: validatePersistentVolumeClaimStatusUpdate,
  warnings: persistentVolumeClaimWarnings,
  defaultPropagation: "Background",
};
