// ReplicationController: so many pods of one template, as it was done first.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { replicationControllerColumns } from "../../columns/pod-sets.ts";
import { setReplicationControllerDefaults } from "../../defaults/workload.ts";
import {
  beginWithoutStatus,
  keepSpecAndGeneration,
  keepStatusAndCount,
} from "../../preparation/generation.ts";
import {
  validateReplicationController,
  validateReplicationControllerStatusUpdate,
} from "../../validation/replication-controller.ts";
import { workloadWarnings } from "../../warnings/pod.ts";
import {
  replicationController,
  type ReplicationController,
} from "../../messages/core/v1/replication-controller.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { scaleSubresource, statusOf } from "../subresource.ts";

export const replicationControllerKind: Kind<ReplicationController> = {
  group: "",
  version: "v1",
  resource: "replicationcontrollers",
  namespaced: true,
  kind: "ReplicationController",
  listKind: "ReplicationControllerList",
  singular: "replicationcontroller",
  shortNames: ["rc"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: replicationController,
  subresources: [scaleSubresource, statusOf("", "v1", "ReplicationController")],
  nameRule: dns1123Subdomain,
  selectableFields: { "status.replicas": ({ status }) => String(status?.replicas ?? 0) },
  columns: replicationControllerColumns,
  setDefaults: setReplicationControllerDefaults,
  prepareForCreate: beginWithoutStatus,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validateReplicationController,
  validateStatusUpdate: validateReplicationControllerStatusUpdate,
  warnings: workloadWarnings,
  defaultPropagation: "Orphan",
};
