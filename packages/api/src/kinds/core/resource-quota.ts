// ResourceQuota: how much a namespace may use.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { resourceQuotaColumns } from "../../columns/limits.ts";
import { setResourceQuotaDefaults } from "../../defaults/limits.ts";
import { dropStatus, keepSpec, keepStatus } from "../../preparation/status.ts";
import {
  validateResourceQuota,
  validateResourceQuotaStatusUpdate,
  validateResourceQuotaUpdate,
} from "../../validation/resource-quota.ts";
import { resourceQuotaWarnings } from "../../warnings/limits.ts";
import { resourceQuota, type ResourceQuota } from "../../messages/core/v1/resource-quota.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const resourceQuotaKind: Kind<ResourceQuota> = {
  group: "",
  version: "v1",
  resource: "resourcequotas",
  namespaced: true,
  kind: "ResourceQuota",
  listKind: "ResourceQuotaList",
  singular: "resourcequota",
  shortNames: ["quota"],
  categories: [],
  verbs: standardVerbs,
  schema: resourceQuota,
  subresources: [statusOf("", "v1", "ResourceQuota")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: resourceQuotaColumns,
  setDefaults: setResourceQuotaDefaults,
  prepareForCreate: dropStatus,
  prepareForUpdate: keepStatus,
  prepareForStatusUpdate: keepSpec,
  validate: validateResourceQuota,
  validateUpdate: validateResourceQuotaUpdate,
  validateStatusUpdate: validateResourceQuotaStatusUpdate,
  warnings: resourceQuotaWarnings,
  defaultPropagation: "Background",
};
