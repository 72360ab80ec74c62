// PodDisruptionBudget: how many pods may be evicted at a time.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { podDisruptionBudgetColumns } from "../../columns/limits.ts";
import { setPodDisruptionBudgetDefaults } from "../../defaults/classes.ts";
import {
  beginWithoutStatus,
  keepSpecAndGeneration,
  keepStatusAndCount,
} from "../../preparation/generation.ts";
import {
  validatePodDisruptionBudget,
  validatePodDisruptionBudgetStatusUpdate,
} from "../../validation/pod-disruption-budget.ts";
import {
  podDisruptionBudget,
  type PodDisruptionBudget,
} from "../../messages/policy/v1/pod-disruption-budget.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const podDisruptionBudgetKind: Kind<PodDisruptionBudget> = {
  group: "policy",
  version: "v1",
  resource: "poddisruptionbudgets",
  namespaced: true,
  kind: "PodDisruptionBudget",
  listKind: "PodDisruptionBudgetList",
  singular: "poddisruptionbudget",
  shortNames: ["pdb"],
  categories: [],
  verbs: standardVerbs,
  schema: podDisruptionBudget,
  subresources: [statusOf("policy", "v1", "PodDisruptionBudget")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: podDisruptionBudgetColumns,
  setDefaults: setPodDisruptionBudgetDefaults,
  prepareForCreate: beginWithoutStatus,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validatePodDisruptionBudget,
  validateStatusUpdate: validatePodDisruptionBudgetStatusUpdate,
  defaultPropagation: "Background",
};
