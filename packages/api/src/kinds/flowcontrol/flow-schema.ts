// FlowSchema: which requests belong to which priority level.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { flowSchemaColumns } from "../../columns/flowcontrol.ts";
import { setFlowSchemaDefaults } from "../../defaults/flowcontrol.ts";
import {
  beginWithoutStatus,
  keepSpecAndGeneration,
  keepStatusAndCount,
} from "../../preparation/generation.ts";
import {
  validateFlowSchema,
  validateFlowSchemaStatusUpdate,
} from "../../validation/flow-schema.ts";
import { flowSchema, type FlowSchema } from "../../messages/flowcontrol/v1/flow-schema.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const flowSchemaKind: Kind<FlowSchema> = {
  group: "flowcontrol.apiserver.k8s.io",
  version: "v1",
  resource: "flowschemas",
  namespaced: false,
  kind: "FlowSchema",
  listKind: "FlowSchemaList",
  singular: "flowschema",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: flowSchema,
  subresources: [statusOf("flowcontrol.apiserver.k8s.io", "v1", "FlowSchema")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: flowSchemaColumns,
  setDefaults: setFlowSchemaDefaults,
  prepareForCreate: beginWithoutStatus,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validateFlowSchema,
  validateStatusUpdate: validateFlowSchemaStatusUpdate,
  defaultPropagation: "Background",
};
