// CSINode: the storage drivers of a node.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { csiNodeColumns } from "../../columns/csi.ts";
import { setCSINodeDefaults } from "../../defaults/csi.ts";
import { validateCSINode, validateCSINodeUpdate } from "../../validation/csi.ts";
import { csiNode, type CSINode } from "../../messages/storage/v1/csi-node.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const csiNodeKind: Kind<CSINode> = {
  group: "storage.k8s.io",
  version: "v1",
  resource: "csinodes",
  namespaced: false,
  kind: "CSINode",
  listKind: "CSINodeList",
  singular: "csinode",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: csiNode,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: csiNodeColumns,
  setDefaults: setCSINodeDefaults,
  validate: validateCSINode,
  validateUpdate: validateCSINodeUpdate,
  defaultPropagation: "Background",
};
