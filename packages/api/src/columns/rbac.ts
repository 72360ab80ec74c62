// The table of role bindings, of either scope.

import type { Column } from "../kind.ts";
import type { ClusterRoleBinding, RoleBinding } from "../messages/rbac/v1/role-binding.ts";
import { column, wideColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

type Binding = RoleBinding | ClusterRoleBinding;

export const bindingColumns: readonly Column<Binding>[] = [
  nameColumn,
  column("Role", "What it lets them do", ({ roleRef }) => `${roleRef.kind}/${roleRef.name}`),
  ageColumn,
  wideColumn("Users", "Which users", (binding) => namesOf(binding, "User")),
  wideColumn("Groups", "Which groups", (binding) => namesOf(binding, "Group")),
  wideColumn("ServiceAccounts", "Which service accounts", (binding) =>
    namesOf(binding, "ServiceAccount"),
  ),
];

function namesOf({ subjects }: Binding, kind: string): string {
  return (subjects ?? [])
    .filter((subject) => subject.kind === kind)
    .map(({ name, namespace }) => (kind === "ServiceAccount" ? `${namespace ?? ""}/${name}` : name))
    .join(", ");
}
