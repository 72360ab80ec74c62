// CSIStorageCapacity: how much a driver has left in a part of the cluster.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { csiStorageCapacityColumns } from "../../columns/csi.ts";
import {
  validateCSIStorageCapacity,
  validateCSIStorageCapacityUpdate,
} from "../../validation/csi.ts";
import {
  csiStorageCapacity,
  type CSIStorageCapacity,
} from "../../messages/storage/v1/csi-storage-capacity.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const csiStorageCapacityKind: Kind<CSIStorageCapacity> = {
  group: "storage.k8s.io",
  version: "v1",
  resource: "csistoragecapacities",
  namespaced: true,
  kind: "CSIStorageCapacity",
  listKind: "CSIStorageCapacityList",
  singular: "csistoragecapacity",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: csiStorageCapacity,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: csiStorageCapacityColumns,
  validate: validateCSIStorageCapacity,
  validateUpdate: validateCSIStorageCapacityUpdate,
  defaultPropagation: "Background",
};
