// Service: a stable name and address in front of pods.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { serviceColumns } from "../../columns/service.ts";
import { service, type Service } from "../../messages/core/v1/service.ts";
import { dns1035Label } from "../../validation/names.ts";
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
  nameRule: dns1035Label,
  selectableFields: {
    "spec.clusterIP": ({ spec }) => spec.clusterIP ?? "",
    "spec.type": ({ spec }) => spec.type ?? "",
  },
  columns: serviceColumns,
  validate: () => [],
  defaultPropagation: "Background",
};
