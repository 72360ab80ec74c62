// LimitRange: what pods and containers of a namespace may ask for, and get by default.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { createdColumns } from "../../columns/metadata.ts";
import { setLimitRangeDefaults } from "../../defaults/limits.ts";
import { prepareLimitRangeForCreate } from "../../preparation/limit-range.ts";
import { validateLimitRange } from "../../validation/limit-range.ts";
import { limitRange, type LimitRange } from "../../messages/core/v1/limit-range.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const limitRangeKind: Kind<LimitRange> = {
  group: "",
  version: "v1",
  resource: "limitranges",
  namespaced: true,
  kind: "LimitRange",
  listKind: "LimitRangeList",
  singular: "limitrange",
  shortNames: ["limits"],
  categories: [],
  verbs: standardVerbs,
  schema: limitRange,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: createdColumns,
  setDefaults: setLimitRangeDefaults,
  prepareForCreate: prepareLimitRangeForCreate,
  validate: validateLimitRange,
  defaultPropagation: "Background",
};
