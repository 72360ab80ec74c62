// Secret: confidential bytes.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { column } from "../../columns/column.ts";
import { ageColumn, nameColumn } from "../../columns/metadata.ts";
import { secret, type Secret } from "../../messages/core/v1/secret.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const secretKind: Kind<Secret> = {
  group: "",
  version: "v1",
  resource: "secrets",
  namespaced: true,
  kind: "Secret",
  listKind: "SecretList",
  singular: "secret",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: secret,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: { type: ({ type }) => type ?? "" },
  columns: [
    nameColumn,
    column("Type", "What the secret is for", ({ type }) => type ?? ""),
    column("Data", "How many keys", ({ data }) => Object.keys(data ?? {}).length),
    ageColumn,
  ],
  validate: () => [],
  defaultPropagation: "Background",
};
