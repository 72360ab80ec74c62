// StatefulSet: pods with names and storage of their own.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { statefulSetColumns } from "../../columns/pod-sets.ts";
import { setStatefulSetDefaults } from "../../defaults/workload.ts";
import {
  beginWithoutStatus,
  keepSpecAndGeneration,
  keepStatusAndCount,
} from "../../preparation/generation.ts";
import {
  validateStatefulSet,
  validateStatefulSetCreate,
  validateStatefulSetStatusUpdate,
  validateStatefulSetUpdate,
} from "../../validation/stateful-set.ts";
import { statefulSetWarnings } from "../../warnings/limits.ts";
import { statefulSet, type StatefulSet } from "../../messages/apps/v1/stateful-set.ts";
import { dns1123Label } from "../../validation/names.ts";
import { scaleSubresource, statusOf } from "../subresource.ts";

export const statefulSetKind: Kind<StatefulSet> = {
  group: "apps",
  version: "v1",
  resource: "statefulsets",
  namespaced: true,
  kind: "StatefulSet",
  listKind: "StatefulSetList",
  singular: "statefulset",
  shortNames: ["sts"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: statefulSet,
  subresources: [scaleSubresource, statusOf("apps", "v1", "StatefulSet")],
  nameRule: dns1123Label,
  selectableFields: {},
  columns: statefulSetColumns,
  setDefaults: setStatefulSetDefaults,
  prepareForCreate: beginWithoutStatus,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validateStatefulSet,
  validateCreate: validateStatefulSetCreate,
  validateUpdate: validateStatefulSetUpdate,
  validateStatusUpdate: validateStatefulSetStatusUpdate,
  warnings: statefulSetWarnings,
  defaultPropagation: "Background",
};
