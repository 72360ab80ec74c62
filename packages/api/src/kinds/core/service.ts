// Service: a stable name and address in front of pods.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setServiceDefaults } from "../../defaults/service.ts";
import {
  prepareServiceForCreate,
  prepareServiceForStatusUpdate,
  prepareServiceForUpdate,
} from "../../preparation/service.ts";
import { validateService, validateServiceStatusUpdate } from "../../validation/service.ts";
import { validateServiceUpdate } from "../../validation/service-addresses.ts";
import { serviceWarnings } from "../../warnings/service.ts";
import { serviceColumns } from "../../columns/service.ts";
import { service, type Service } from "../../messages/core/v1/service.ts";
import { dns1123Label } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const serviceKind: Kind<Service> = {
  group: "",
  version: "v1",
  resource: "services",
  namespaced: true,
  kind: "Service",
  listKind: "ServiceList",
  singular: "service",
  shortNames: ["svc"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: service,
  subresources: [
    {
      name: "proxy",
      group: "",
      version: "v1",
      kind: "ServiceProxyOptions",
      verbs: ["create", "delete", "get", "patch", "update"],
    },
    statusOf("", "v1", "Service"),
  ],
  nameRule: dns1123Label,
  selectableFields: {
    "spec.clusterIP": ({ spec }) => spec.clusterIP ?? "",
    "spec.type": ({ spec }) => spec.type ?? "",
  },
  columns: serviceColumns,
  setDefaults: setServiceDefaults,
  prepareForCreate: prepareServiceForCreate,
  prepareForUpdate: prepareServiceForUpdate,
  prepareForStatusUpdate: prepareServiceForStatusUpdate,
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  validateStatusUpdate: validateServiceStatusUpdate,
  warnings: serviceWarnings,
  defaultPropagation: "Background",
};
