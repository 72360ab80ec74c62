// ServiceCIDR: ranges that services take their addresses from.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { serviceCIDRColumns } from "../../columns/networking.ts";
import { dropStatus, keepSpec, keepStatus } from "../../preparation/status.ts";
import {
  validateServiceCIDRCreate,
  validateServiceCIDRUpdate,
} from "../../validation/service-cidr.ts";
import { serviceCIDR, type ServiceCIDR } from "../../messages/networking/v1/service-cidr.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const serviceCIDRKind: Kind<ServiceCIDR> = {
  group: "networking.k8s.io",
  version: "v1",
  resource: "servicecidrs",
  namespaced: false,
  kind: "ServiceCIDR",
  listKind: "ServiceCIDRList",
  singular: "servicecidr",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: serviceCIDR,
  subresources: [statusOf("networking.k8s.io", "v1", "ServiceCIDR")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: serviceCIDRColumns,
  prepareForCreate: dropStatus,
  prepareForUpdate: keepStatus,
  prepareForStatusUpdate: keepSpec,
  validate: () => [],
  validateCreate: validateServiceCIDRCreate,
  validateUpdate: validateServiceCIDRUpdate,
  defaultPropagation: "Background",
};
