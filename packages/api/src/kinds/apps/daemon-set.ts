// DaemonSet: a pod on every node.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { daemonSetColumns } from "../../columns/pod-sets.ts";
import { setDaemonSetDefaults } from "../../defaults/workload.ts";
import {
  prepareDaemonSetForCreate,
  prepareDaemonSetForUpdate,
} from "../../preparation/daemon-set.ts";
import { keepSpecAndGeneration } from "../../preparation/generation.ts";
import {
  validateDaemonSet,
  validateDaemonSetStatusUpdate,
  validateDaemonSetUpdate,
} from "../../validation/daemon-set.ts";
import { daemonSetWarnings } from "../../warnings/limits.ts";
import { daemonSet, type DaemonSet } from "../../messages/apps/v1/daemon-set.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const daemonSetKind: Kind<DaemonSet> = {
  group: "apps",
  version: "v1",
  resource: "daemonsets",
  namespaced: true,
  kind: "DaemonSet",
  listKind: "DaemonSetList",
  singular: "daemonset",
  shortNames: ["ds"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: daemonSet,
  subresources: [statusOf("apps", "v1", "DaemonSet")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: daemonSetColumns,
  setDefaults: setDaemonSetDefaults,
  prepareForCreate: prepareDaemonSetForCreate,
  prepareForUpdate: prepareDaemonSetForUpdate,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  validateStatusUpdate: validateDaemonSetStatusUpdate,
  warnings: daemonSetWarnings,
  defaultPropagation: "Background",
};
