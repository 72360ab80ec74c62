// Namespace: a room of names.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setNamespaceDefaults } from "../../defaults/cluster.ts";
import {
  prepareNamespaceForCreate,
  prepareNamespaceForUpdate,
} from "../../preparation/namespace.ts";
import { keepSpec } from "../../preparation/status.ts";
import { validateNamespace, validateNamespaceStatusUpdate } from "../../validation/cluster.ts";
import { column } from "../../columns/column.ts";
import { ageColumn, nameColumn } from "../../columns/metadata.ts";
import { namespace, type Namespace } from "../../messages/core/v1/namespace.ts";
import { dns1123Label } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const namespaceKind: Kind<Namespace> = {
  group: "",
  version: "v1",
  resource: "namespaces",
  namespaced: false,
  kind: "Namespace",
  listKind: "NamespaceList",
  singular: "namespace",
  shortNames: ["ns"],
  categories: [],
  verbs: standardVerbs.filter((verb) => verb !== "deletecollection"),
  schema: namespace,
  subresources: [
    { name: "finalize", group: "", version: "v1", kind: "Namespace", verbs: ["update"] },
    statusOf("", "v1", "Namespace"),
  ],
  nameRule: dns1123Label,
  selectableFields: { "status.phase": ({ status }) => status?.phase ?? "" },
  columns: [
    nameColumn,
    column("Status", "Active or Terminating", ({ status }) => status?.phase ?? ""),
    ageColumn,
  ],
  setDefaults: setNamespaceDefaults,
  prepareForCreate: prepareNamespaceForCreate,
  prepareForUpdate: prepareNamespaceForUpdate,
  prepareForStatusUpdate: keepSpec,
  validate: validateNamespace,
  validateStatusUpdate: validateNamespaceStatusUpdate,
  defaultPropagation: "Background",
};
