// RoleBinding: who may do what a role says, within a namespace.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { bindingColumns } from "../../columns/rbac.ts";
import { setBindingDefaults } from "../../defaults/rbac.ts";
import { validateBindingUpdate, validateRoleBinding } from "../../validation/rbac.ts";
import { roleBinding, type RoleBinding } from "../../messages/rbac/v1/role-binding.ts";
import { pathSegment } from "../../validation/names.ts";

export const roleBindingKind: Kind<RoleBinding> = {
  group: "rbac.authorization.k8s.io",
  version: "v1",
  resource: "rolebindings",
  namespaced: true,
  kind: "RoleBinding",
  listKind: "RoleBindingList",
  singular: "rolebinding",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: roleBinding,
  subresources: [],
  nameRule: pathSegment,
  selectableFields: {},
  columns: bindingColumns,
  setDefaults: setBindingDefaults,
  validate: validateRoleBinding,
  validateUpdate: validateBindingUpdate,
  defaultPropagation: "Background",
};
