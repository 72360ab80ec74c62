// What roles and bindings get when their manifests do not say.
// @see kubernetes pkg/apis/rbac/v1/defaults.go

import type { ClusterRole, Role } from "../messages/rbac/v1/role.ts";
import type { ClusterRoleBinding, RoleBinding } from "../messages/rbac/v1/role-binding.ts";
import { emptyList } from "./zeros.ts";

const group = "rbac.authorization.k8s.io";

export function setRoleDefaults(role: Role | ClusterRole): void {
  role.rules ??= emptyList;
}

export function setBindingDefaults(binding: RoleBinding | ClusterRoleBinding): void {
  binding.roleRef ??= { apiGroup: "", kind: "", name: "" };
  binding.roleRef.apiGroup ||= group;
  for (const subject of binding.subjects ?? []) {
    if (subject.kind === "User" || subject.kind === "Group") subject.apiGroup ||= group;
  }
}
