// Secret: confidential bytes.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setSecretDefaults } from "../../defaults/configuration.ts";
import { validateSecret, validateSecretUpdate } from "../../validation/configuration.ts";
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
  setDefaults: setSecretDefaults,
  prepareForCreate: foldStringData,
  prepareForUpdate: foldStringData,
  validate: validateSecret,
  validateUpdate: validateSecretUpdate,
  defaultPropagation: "Background",
};

/** `stringData` is for writing only: its values become bytes of `data`, over those there. */
function foldStringData(secret: Secret): void {
  if (secret.stringData === undefined) return;
  const encoded = Object.entries(secret.stringData).map(([key, text]) => [key, toBase64(text)]);
  secret.data = { ...secret.data, ...(Object.fromEntries(encoded) as { [key: string]: string }) };
  delete secret.stringData;
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
