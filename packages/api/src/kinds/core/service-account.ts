// ServiceAccount: who a pod is to the API.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { ageColumn, nameColumn } from "../../columns/metadata.ts";
import { tokenRequest } from "../../messages/authentication/v1/token-request.ts";
import { serviceAccount, type ServiceAccount } from "../../messages/core/v1/service-account.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const serviceAccountKind: Kind<ServiceAccount> = {
  group: "",
  version: "v1",
  resource: "serviceaccounts",
  namespaced: true,
  kind: "ServiceAccount",
  listKind: "ServiceAccountList",
  singular: "serviceaccount",
  shortNames: ["sa"],
  categories: [],
  verbs: standardVerbs,
  schema: serviceAccount,
  subresources: [
    {
      name: "token",
      group: "authentication.k8s.io",
      version: "v1",
      kind: "TokenRequest",
      verbs: ["create"],
      schema: tokenRequest,
    },
  ],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: [nameColumn, ageColumn],
  prepareForCreate: keepSecretNames,
  prepareForUpdate: keepSecretNames,
  validate: () => [],
  defaultPropagation: "Background",
};

/** Only names of secrets are kept: they are all in the account's own namespace. */
function keepSecretNames(account: ServiceAccount): void {
  if (account.secrets) account.secrets = account.secrets.map(({ name = "" }) => ({ name }));
}
