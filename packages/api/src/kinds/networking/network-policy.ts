// NetworkPolicy: who may speak with pods, and with whom they may.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { networkPolicyColumns } from "../../columns/networking.ts";
import { setNetworkPolicyDefaults } from "../../defaults/networking.ts";
import { beginGeneration, countSpecChange } from "../../preparation/generation.ts";
import { validateNetworkPolicy } from "../../validation/network-policy.ts";
import { networkPolicy, type NetworkPolicy } from "../../messages/networking/v1/network-policy.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const networkPolicyKind: Kind<NetworkPolicy> = {
  group: "networking.k8s.io",
  version: "v1",
  resource: "networkpolicies",
  namespaced: true,
  kind: "NetworkPolicy",
  listKind: "NetworkPolicyList",
  singular: "networkpolicy",
  shortNames: ["netpol"],
  categories: [],
  verbs: standardVerbs,
  schema: networkPolicy,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: networkPolicyColumns,
  setDefaults: setNetworkPolicyDefaults,
  prepareForCreate: beginGeneration,
  prepareForUpdate: countSpecChange,
  validate: validateNetworkPolicy,
  defaultPropagation: "Background",
};
