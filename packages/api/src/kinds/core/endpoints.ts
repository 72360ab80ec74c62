// Endpoints: the addresses behind a service.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setEndpointsDefaults } from "../../defaults/endpoints.ts";
import { validateEndpoints } from "../../validation/endpoints.ts";
import { endpointsColumns } from "../../columns/endpoints.ts";
import { endpoints, type Endpoints } from "../../messages/core/v1/endpoints.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const endpointsKind: Kind<Endpoints> = {
  group: "",
  version: "v1",
  resource: "endpoints",
  namespaced: true,
  kind: "Endpoints",
  listKind: "EndpointsList",
  singular: "endpoints",
  shortNames: ["ep"],
  categories: [],
  verbs: standardVerbs,
  schema: endpoints,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: endpointsColumns,
  setDefaults: setEndpointsDefaults,
  validate: validateEndpoints,
  deprecated: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
  defaultPropagation: "Background",
};
