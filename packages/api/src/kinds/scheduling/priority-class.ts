// PriorityClass: how important pods are.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { priorityClassColumns } from "../../columns/limits.ts";
import { setPriorityClassDefaults } from "../../defaults/classes.ts";
import { beginGeneration } from "../../preparation/generation.ts";
import { validatePriorityClass, validatePriorityClassUpdate } from "../../validation/classes.ts";
import { priorityClass, type PriorityClass } from "../../messages/scheduling/v1/priority-class.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const priorityClassKind: Kind<PriorityClass> = {
  group: "scheduling.k8s.io",
  version: "v1",
  resource: "priorityclasses",
  namespaced: false,
  kind: "PriorityClass",
  listKind: "PriorityClassList",
  singular: "priorityclass",
  shortNames: ["pc"],
  categories: [],
  verbs: standardVerbs,
  schema: priorityClass,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: priorityClassColumns,
  setDefaults: setPriorityClassDefaults,
  prepareForCreate: beginGeneration,
  validate: validatePriorityClass,
  validateUpdate: validatePriorityClassUpdate,
  defaultPropagation: "Background",
};
