// Role bindings: who may do what a role says.

import { list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const roleBinding = message("io.k8s.api.rbac.v1.RoleBinding", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  subjects: list(
    2,
    of<RoleBindingSubject>(() => roleBindingSubject),
  ).atomic(),
  roleRef: ref<RoleRef>(3, () => roleRef)
    .required()
    .default({}),
});
export interface RoleBinding extends TypeOf<typeof roleBinding> {
  metadata: ObjectMeta;
}

export const clusterRoleBinding = message("io.k8s.api.rbac.v1.ClusterRoleBinding", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  subjects: list(
    2,
    of<RoleBindingSubject>(() => roleBindingSubject),
  ).atomic(),
  roleRef: ref<RoleRef>(3, () => roleRef)
    .required()
    .default({}),
});
export interface ClusterRoleBinding extends TypeOf<typeof clusterRoleBinding> {
  metadata: ObjectMeta;
}

export const roleRef = message(
  "io.k8s.api.rbac.v1.RoleRef",
  {
    apiGroup: string(1),
    kind: string(2).required(),
    name: string(3).required(),
  },
  { mapType: "atomic" },
);
export interface RoleRef extends TypeOf<typeof roleRef> {}

export const roleBindingSubject = message(
  "io.k8s.api.rbac.v1.Subject",
  {
    kind: string(1).required(),
    apiGroup: string(2),
    name: string(3).required(),
    namespace: string(4),
  },
  { mapType: "atomic" },
);
export interface RoleBindingSubject extends TypeOf<typeof roleBindingSubject> {}
