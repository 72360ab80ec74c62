// PriorityLevelConfiguration: how many requests at a time, and how others wait.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { priorityLevelColumns } from "../../columns/flowcontrol.ts";
import { setPriorityLevelDefaults } from "../../defaults/flowcontrol.ts";
import {
  beginWithoutStatus,
  keepSpecAndGeneration,
  keepStatusAndCount,
} from "../../preparation/generation.ts";
import {
  validatePriorityLevel,
  validatePriorityLevelStatusUpdate,
} from "../../validation/priority-level.ts";
import {
  priorityLevelConfiguration,
  type PriorityLevelConfiguration,
} from "../../messages/flowcontrol/v1/priority-level-configuration.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const priorityLevelConfigurationKind: Kind<PriorityLevelConfiguration> = {
  group: "flowcontrol.apiserver.k8s.io",
  version: "v1",
  resource: "prioritylevelconfigurations",
  namespaced: false,
  kind: "PriorityLevelConfiguration",
  listKind: "PriorityLevelConfigurationList",
  singular: "prioritylevelconfiguration",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: priorityLevelConfiguration,
  subresources: [statusOf("flowcontrol.apiserver.k8s.io", "v1", "PriorityLevelConfiguration")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: priorityLevelColumns,
  setDefaults: setPriorityLevelDefaults,
  prepareForCreate: beginWithoutStatus,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validatePriorityLevel,
  validateStatusUpdate: validatePriorityLevelStatusUpdate,
  defaultPropagation: "Background",
};
