// ConfigMap: configuration for pods.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { validateConfigMap, validateConfigMapUpdate } from "../../validation/configuration.ts";
import { column } from "../../columns/column.ts";
import { ageColumn, nameColumn } from "../../columns/metadata.ts";
import { configMap, type ConfigMap } from "../../messages/core/v1/config-map.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const configMapKind: Kind<ConfigMap> = {
  group: "",
  version: "v1",
  resource: "configmaps",
  namespaced: true,
  kind: "ConfigMap",
  listKind: "ConfigMapList",
  singular: "configmap",
  shortNames: ["cm"],
  categories: [],
  verbs: standardVerbs,
  schema: configMap,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: [
    nameColumn,
    column(
      "Data",
      "How many keys",
      ({ data, binaryData }) =>
        Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
    ),
    ageColumn,
  ],
  validate: validateConfigMap,
  validateUpdate: validateConfigMapUpdate,
  defaultPropagation: "Background",
};
