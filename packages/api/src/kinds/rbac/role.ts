// Role: what may be done within a namespace.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import { setRoleDefaults } from "../../defaults/rbac.ts";
import { validateRole } from "../../validation/rbac.ts";
import { role, type Role } from "../../messages/rbac/v1/role.ts";
import { pathSegment } from "../../validation/names.ts";

export const roleKind: Kind<Role> = {
  group: "rbac.authorization.k8s.io",
  version: "v1",
  resource: "roles",
  namespaced: true,
  kind: "Role",
  listKind: "RoleList",
  singular: "role",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: role,
  subresources: [],
  nameRule: pathSegment,
  selectableFields: {},
  columns: createdColumns,
  setDefaults: setRoleDefaults,
  validate: validateRole,
  defaultPropagation: "Background",
};
