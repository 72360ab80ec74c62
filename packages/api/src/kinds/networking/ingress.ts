// Ingress: how requests from outside find services.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { ingressColumns } from "../../columns/networking.ts";
import {
  beginWithoutStatus,
  keepSpecAndGeneration,
  keepStatusAndCount,
} from "../../preparation/generation.ts";
import {
  ingressWarnings,
  validateIngress,
  validateIngressCreate,
  validateIngressStatusUpdate,
} from "../../validation/ingress.ts";
import { ingress, type Ingress } from "../../messages/networking/v1/ingress.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const ingressKind: Kind<Ingress> = {
  group: "networking.k8s.io",
  version: "v1",
  resource: "ingresses",
  namespaced: true,
  kind: "Ingress",
  listKind: "IngressList",
  singular: "ingress",
  shortNames: ["ing"],
  categories: [],
  verbs: standardVerbs,
  schema: ingress,
  subresources: [statusOf("networking.k8s.io", "v1", "Ingress")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: ingressColumns,
  prepareForCreate: beginWithoutStatus,
  prepareForUpdate: keepStatusAndCount,
  prepareForStatusUpdate: keepSpecAndGeneration,
  validate: validateIngress,
  validateCreate: validateIngressCreate,
  validateStatusUpdate: validateIngressStatusUpdate,
  warnings: ingressWarnings,
  defaultPropagation: "Background",
};
