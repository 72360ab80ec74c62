// ClusterRole: what may be done in all of the cluster.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import { setRoleDefaults } from "../../defaults/rbac.ts";
import { validateClusterRole } from "../../validation/rbac.ts";
import { clusterRole, type ClusterRole } from "../../messages/rbac/v1/role.ts";
import { pathSegment } from "../../validation/names.ts";

export const clusterRoleKind: Kind<ClusterRole> = {
  group: "rbac.authorization.k8s.io",
  version: "v1",
  resource: "clusterroles",
  namespaced: false,
  kind: "ClusterRole",
  listKind: "ClusterRoleList",
  singular: "clusterrole",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: clusterRole,
  subresources: [],
  nameRule: pathSegment,
  selectableFields: {},
  columns: createdColumns,
  setDefaults: setRoleDefaults,
  validate: validateClusterRole,
  defaultPropagation: "Background",
};
