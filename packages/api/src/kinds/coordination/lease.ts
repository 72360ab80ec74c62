// Lease: who leads, or that a node is alive.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { validateLease } from "../../validation/cluster.ts";
import { column } from "../../columns/column.ts";
import { ageColumn, nameColumn } from "../../columns/metadata.ts";
import { lease, type Lease } from "../../messages/coordination/v1/lease.ts";
import { dns1123Subdomain } from "../../validation/names.ts";

export const leaseKind: Kind<Lease> = {
  group: "coordination.k8s.io",
  version: "v1",
  resource: "leases",
  namespaced: true,
  kind: "Lease",
  listKind: "LeaseList",
  singular: "lease",
  shortNames: [],
  categories: [],
  verbs: standardVerbs,
  schema: lease,
  subresources: [],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: [
    nameColumn,
    column("Holder", "Who holds it", ({ spec }) => spec?.holderIdentity ?? ""),
    ageColumn,
  ],
  validate: validateLease,
  defaultPropagation: "Background",
};
