// ReplicaSet: so many pods of one template.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setReplicaSetDefaults } from "../../defaults/workload.ts";
import {
  prepareReplicaSetForCreate,
  prepareReplicaSetForStatusUpdate,
  prepareReplicaSetForUpdate,
} from "../../preparation/workload.ts";
import {
  validateReplicaSet,
  validateReplicaSetStatusUpdate,
  validateSelectorUpdate,
} from "../../validation/workload.ts";
import { workloadWarnings } from "../../warnings/pod.ts";
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
  setDefaults: setReplicaSetDefaults,
  prepareForCreate: prepareReplicaSetForCreate,
  prepareForUpdate: prepareReplicaSetForUpdate,
  prepareForStatusUpdate: prepareReplicaSetForStatusUpdate,
  validate: validateReplicaSet,
  validateUpdate: validateSelectorUpdate,
  validateStatusUpdate: validateReplicaSetStatusUpdate,
  warnings: workloadWarnings,
  defaultPropagation: "Background",
};
