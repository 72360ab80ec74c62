// Node: a machine that runs pods.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setNodeDefaults } from "../../defaults/cluster.ts";
import { keepSpec, keepStatus } from "../../preparation/status.ts";
import { validateNode, validateNodeUpdate } from "../../validation/cluster.ts";
import { nodeWarnings } from "../../warnings/node.ts";
import { nodeColumns } from "../../columns/node.ts";
import { node, type Node } from "../../messages/core/v1/node.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const nodeKind: Kind<Node> = {
  group: "",
  version: "v1",
  resource: "nodes",
  namespaced: false,
  kind: "Node",
  listKind: "NodeList",
  singular: "node",
  shortNames: ["no"],
  categories: [],
  verbs: standardVerbs,
  schema: node,
  subresources: [
    {
      name: "proxy",
      group: "",
      version: "v1",
      kind: "NodeProxyOptions",
      verbs: ["create", "delete", "get", "patch", "update"],
    },
    statusOf("", "v1", "Node"),
  ],
  nameRule: dns1123Subdomain,
  selectableFields: { "spec.unschedulable": ({ spec }) => String(spec?.unschedulable ?? false) },
  columns: nodeColumns,
  setDefaults: setNodeDefaults,
  prepareForUpdate: keepStatus,
  prepareForStatusUpdate: keepSpec,
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  validateStatusUpdate: validateNodeUpdate,
  warnings: nodeWarnings,
  defaultPropagation: "Background",
};
