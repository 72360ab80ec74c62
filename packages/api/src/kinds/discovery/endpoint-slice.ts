// EndpointSlice: a part of the addresses behind a service.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setEndpointSliceDefaults } from "../../defaults/endpoints.ts";
import {
  prepareEndpointSliceForCreate,
  prepareEndpointSliceForUpdate,
} from "../../preparation/endpoint-slice.ts";
import { validateEndpointSlice, validateEndpointSliceUpdate } from "../../validation/endpoints.ts";
import { endpointSliceColumns } from "../../columns/endpoints.ts";
import { endpointSlice, type EndpointSlice } from "../../messages/discovery/v1/endpoint-slice.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const endpointSliceKind: Kind<EndpointSlice> = {
  group: "discovery.k8s.io",
  version: "v1",
  resource: "endpointslices",
  namespaced: true,
  kind: "EndpointSlice",
  listKind: "EndpointSliceList",
  singular: "endpointslice",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: endpointSlice,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: endpointSliceColumns,
  setDefaults: setEndpointSliceDefaults,
  prepareForCreate: prepareEndpointSliceForCreate,
  prepareForUpdate: prepareEndpointSliceForUpdate,
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
  defaultPropagation: "Background",
};
