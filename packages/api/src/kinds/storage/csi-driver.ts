// CSIDriver: what a storage driver can do.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { csiDriverColumns } from "../../columns/csi.ts";
import { setCSIDriverDefaults } from "../../defaults/csi.ts";
import { countSpecChange } from "../../preparation/generation.ts";
import {
  csiDriverWarnings,
  validateCSIDriver,
  validateCSIDriverUpdate,
} from "../../validation/csi.ts";
import { csiDriver, type CSIDriver } from "../../messages/storage/v1/csi-driver.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const csiDriverKind: Kind<CSIDriver> = {
  group: "storage.k8s.io",
  version: "v1",
  resource: "csidrivers",
  namespaced: false,
  kind: "CSIDriver",
  listKind: "CSIDriverList",
  singular: "csidriver",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: csiDriver,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: csiDriverColumns,
  setDefaults: setCSIDriverDefaults,
  prepareForUpdate: countSpecChange,
  validate: validateCSIDriver,
  validateUpdate: validateCSIDriverUpdate,
  warnings: csiDriverWarnings,
  defaultPropagation: "Background",
};
