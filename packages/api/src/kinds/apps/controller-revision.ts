// ControllerRevision: a template as it was, to roll back to.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { controllerRevisionColumns } from "../../columns/pod-sets.ts";
import {
  validateControllerRevision,
  validateControllerRevisionCreate,
  validateControllerRevisionUpdate,
} from "../../validation/controller-revision.ts";
import {
  controllerRevision,
  type ControllerRevision,
} from "../../messages/apps/v1/controller-revision.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const controllerRevisionKind: Kind<ControllerRevision> = {
  group: "apps",
  version: "v1",
  resource: "controllerrevisions",
  namespaced: true,
  kind: "ControllerRevision",
  listKind: "ControllerRevisionList",
  singular: "controllerrevision",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: controllerRevision,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: controllerRevisionColumns,
  validate: validateControllerRevision,
  validateCreate: validateControllerRevisionCreate,
  validateUpdate: validateControllerRevisionUpdate,
  defaultPropagation: "Background",
};
