// Discovery in one answer: every group, version and resource.
// @see kubernetes k8s.io/api/apidiscovery/v2/types.go

import { apiVersionOf, type Kind, type Subresource } from "@kubonsai/api";
import { groupsOf } from "./groups.ts";

export type AggregatedVersion = "v2" | "v2beta1";

/** @param core the list of `/api`; else that of `/apis` */
export function groupDiscoveryList(
  kinds: readonly Kind[],
  { core, version }: { core: boolean; version: AggregatedVersion },
) {
  const groups = groupsOf(kinds).filter(({ name }) => (name === "") === core);
  return {
    kind: "APIGroupDiscoveryList",
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: name === "" ? {} : { name },
      versions: versions.map((one) => ({
        version: one,
        resources: resourcesOf(kinds.filter((kind) => kind.group === name && kind.version === one)),
        freshness: "Current",
      })),
    })),
  };
}

function resourcesOf(kinds: readonly Kind[]) {
  const sorted = [...kinds].sort((a, b) => (a.resource < b.resource ? -1 : 1));
  return sorted.map((kind) => ({
    resource: kind.resource,
    responseKind: { group: "", version: "", kind: kind.kind },
    scope: kind.namespaced ? "Namespaced" : "Cluster",
    singularResource: kind.singular,
    verbs: [...kind.verbs],
    ...(kind.shortNames.length > 0 ? { shortNames: [...kind.shortNames] } : {}),
    ...(kind.categories.length > 0 ? { categories: [...kind.categories] } : {}),
    ...(kind.subresources.length > 0 ? { subresources: partsOf(kind) } : {}),
  }));
}

function partsOf(kind: Kind) {
  const sorted = [...kind.subresources].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.map((part) => ({
    subresource: part.name,
    responseKind: responseKind(kind, part),
    verbs: [...part.verbs],
  }));
}

/** The parent's group and version are left out. */
const responseKind = (kind: Kind, part: Subresource) =>
  apiVersionOf(kind) === apiVersionOf(part)
    ? { group: "", version: "", kind: part.kind }
    : { group: part.group, version: part.version, kind: part.kind };
