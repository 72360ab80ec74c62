// StorageClass: how volumes of a class are made.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { storageClassColumns } from "../../columns/storage.ts";
import { setStorageClassDefaults } from "../../defaults/storage.ts";
import {
  validateStorageClass,
  validateStorageClassUpdate,
} from "../../validation/storage-class.ts";
import { storageClassWarnings } from "../../warnings/storage.ts";
import { storageClass, type StorageClass } from "../../messages/storage/v1/storage-class.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const storageClassKind: Kind<StorageClass> = {
  group: "storage.k8s.io",
  version: "v1",
  resource: "storageclasses",
  namespaced: false,
  kind: "StorageClass",
  listKind: "StorageClassList",
  singular: "storageclass",
  shortNames: ["sc"],
  categories: [],
  verbs: standardVerbs,
  schema: storageClass,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: storageClassColumns,
  setDefaults: setStorageClassDefaults,
  validate: validateStorageClass,
  validateUpdate: validateStorageClassUpdate,
  warnings: storageClassWarnings,
  defaultPropagation: "Background",
};
