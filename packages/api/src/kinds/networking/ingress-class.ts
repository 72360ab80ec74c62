// IngressClass: which controller answers for ingresses.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { ingressClassColumns } from "../../columns/networking.ts";
import { setIngressClassDefaults } from "../../defaults/networking.ts";
import { beginGeneration, countSpecChange } from "../../preparation/generation.ts";
import {
  validateIngressClass,
  validateIngressClassUpdate,
} from "../../validation/ingress-class.ts";
import { ingressClass, type IngressClass } from "../../messages/networking/v1/ingress-class.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const ingressClassKind: Kind<IngressClass> = {
  group: "networking.k8s.io",
  version: "v1",
  resource: "ingressclasses",
  namespaced: false,
  kind: "IngressClass",
  listKind: "IngressClassList",
  singular: "ingressclass",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: ingressClass,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: ingressClassColumns,
  setDefaults: setIngressClassDefaults,
  prepareForCreate: beginGeneration,
  prepareForUpdate: countSpecChange,
  validate: validateIngressClass,
  validateUpdate: validateIngressClassUpdate,
  defaultPropagation: "Background",
};
