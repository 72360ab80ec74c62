// RuntimeClass: by which runtime the containers of a pod are run.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { runtimeClassColumns } from "../../columns/limits.ts";
import { setRuntimeClassDefaults } from "../../defaults/classes.ts";
import { validateRuntimeClass, validateRuntimeClassUpdate } from "../../validation/classes.ts";
import { runtimeClassWarnings } from "../../warnings/limits.ts";
import { runtimeClass, type RuntimeClass } from "../../messages/node/v1/runtime-class.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const runtimeClassKind: Kind<RuntimeClass> = {
  group: "node.k8s.io",
  version: "v1",
  resource: "runtimeclasses",
  namespaced: false,
  kind: "RuntimeClass",
  listKind: "RuntimeClassList",
  singular: "runtimeclass",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: runtimeClass,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: runtimeClassColumns,
  setDefaults: setRuntimeClassDefaults,
  validate: validateRuntimeClass,
  validateUpdate: validateRuntimeClassUpdate,
  warnings: runtimeClassWarnings,
  defaultPropagation: "Background",
};
