// PodTemplate: a template kept by itself.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { podTemplateColumns } from "../../columns/pod-sets.ts";
import { setPodTemplateDefaults } from "../../defaults/workload.ts";
import { beginGeneration } from "../../preparation/generation.ts";
import { preparePodTemplateForUpdate } from "../../preparation/pod-template.ts";
import { validateTemplateObject } from "../../validation/replication-controller.ts";
import { podTemplateWarnings } from "../../warnings/limits.ts";
import { podTemplate, type PodTemplate } from "../../messages/core/v1/pod-template.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const podTemplateKind: Kind<PodTemplate> = {
  group: "",
  version: "v1",
  resource: "podtemplates",
  namespaced: true,
  kind: "PodTemplate",
  listKind: "PodTemplateList",
  singular: "podtemplate",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: podTemplate,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: podTemplateColumns,
  setDefaults: setPodTemplateDefaults,
  prepareForCreate: beginGeneration,
  prepareForUpdate: preparePodTemplateForUpdate,
  validate: validateTemplateObject,
  warnings: podTemplateWarnings,
  defaultPropagation: "Background",
};
