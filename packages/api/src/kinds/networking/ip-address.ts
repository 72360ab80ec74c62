// IPAddress: an address and the object that has it.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { ipAddressColumns } from "../../columns/networking.ts";
import {
  addressName,
  validateIPAddress,
  validateIPAddressUpdate,
} from "../../validation/service-cidr.ts";
import { ipAddress, type IPAddress } from "../../messages/networking/v1/ip-address.ts";

export const ipAddressKind: Kind<IPAddress> = {
  group: "networking.k8s.io",
  version: "v1",
  resource: "ipaddresses",
  namespaced: false,
  kind: "IPAddress",
  listKind: "IPAddressList",
  singular: "ipaddress",
  shortNames: ["ip"],
  categories: [],
  verbs: standardVerbs,
  schema: ipAddress,
  subresources: [],
  nameRule: addressName,
  selectableFields: {},
  columns: ipAddressColumns,
  validate: validateIPAddress,
  validateUpdate: validateIPAddressUpdate,
  defaultPropagation: "Background",
};
