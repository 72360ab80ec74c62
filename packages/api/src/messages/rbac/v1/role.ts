// Roles: what may be done, within a namespace or in all of the cluster.

import { aString, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const role = message("io.k8s.api.rbac.v1.Role", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  rules: list(
    2,
    of<PolicyRule>(() => policyRule),
  ).atomic(),
});
export interface Role extends TypeOf<typeof role> {
  metadata: ObjectMeta;
}

export const clusterRole = message("io.k8s.api.rbac.v1.ClusterRole", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  rules: list(
    2,
    of<PolicyRule>(() => policyRule),
  ).atomic(),
  aggregationRule: ref<AggregationRule>(3, () => aggregationRule),
});
export interface ClusterRole extends TypeOf<typeof clusterRole> {
  metadata: ObjectMeta;
}

export const aggregationRule = message("io.k8s.api.rbac.v1.AggregationRule", {
  clusterRoleSelectors: list(
    1,
    of<LabelSelector>(() => labelSelector),
  ).atomic(),
});
export interface AggregationRule extends TypeOf<typeof aggregationRule> {}

export const policyRule = message("io.k8s.api.rbac.v1.PolicyRule", {
  verbs: list(1, aString).atomic().required(),
  apiGroups: list(2, aString).atomic(),
  resources: list(3, aString).atomic(),
  resourceNames: list(4, aString).atomic(),
  nonResourceURLs: list(5, aString).atomic(),
});
export interface PolicyRule extends TypeOf<typeof policyRule> {}
