// ReplicaSet: so many pods of one template.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { replicaSetColumns } from "../../columns/workload.ts";
import { replicaSet, type ReplicaSet } from "../../messages/apps/v1/replica-set.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { scaleSubresource, statusOf } from "../subresource.ts";

export const replicaSetKind: Kind<ReplicaSet> = {
  group: "apps",
  version: "v1",
  resource: "replicasets",
  namespaced: true,
  kind: "ReplicaSet",
  listKind: "ReplicaSetList",
  singular: "replicaset",
  shortNames: ["rs"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: replicaSet,
  subresources: [scaleSubresource, statusOf("apps", "v1", "ReplicaSet")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: replicaSetColumns,
  validate: () => [],
  defaultPropagation: "Background",
};
