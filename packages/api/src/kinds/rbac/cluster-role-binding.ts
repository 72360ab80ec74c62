// ClusterRoleBinding: who may do what a role says, in all of the cluster.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { bindingColumns } from "../../columns/rbac.ts";
import { setBindingDefaults } from "../../defaults/rbac.ts";
import { validateBindingUpdate, validateClusterRoleBinding } from "../../validation/rbac.ts";
import {
  clusterRoleBinding,
  type ClusterRoleBinding,
} from "../../messages/rbac/v1/role-binding.ts";
import { pathSegment } from "../../validation/names.ts";

export const clusterRoleBindingKind: Kind<ClusterRoleBinding> = {
  group: "rbac.authorization.k8s.io",
  version: "v1",
  resource: "clusterrolebindings",
  namespaced: false,
  kind: "ClusterRoleBinding",
  listKind: "ClusterRoleBindingList",
  singular: "clusterrolebinding",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: clusterRoleBinding,
  subresources: [],
  nameRule: pathSegment,
  selectableFields: {},
  columns: bindingColumns,
  setDefaults: setBindingDefaults,
  validate: validateClusterRoleBinding,
  validateUpdate: validateBindingUpdate,
  defaultPropagation: "Background",
};
