// Discovery in its first form: lists of groups, versions and resources.
// @see kubernetes apimachinery/pkg/apis/meta/v1/types.go APIGroup, APIResourceList

import { createHash } from "node:crypto";
import { apiVersionOf, type Kind } from "@kubonsai/api";
import { groupsOf, type ServedGroup } from "./groups.ts";

export function apiVersions(serverAddress: string) {
  return {
    kind: "APIVersions",
    versions: ["v1"],
    serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress }],
  };
}

export function apiGroupList(kinds: readonly Kind[]) {
  const groups = groupsOf(kinds).filter(({ name }) => name !== "");
  return { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(apiGroup) };
}

/** Undefined when the group is not served. */
export function namedApiGroup(kinds: readonly Kind[], name: string) {
  const group = groupsOf(kinds).find((one) => one.name === name);
  return group && { kind: "APIGroup", apiVersion: "v1", ...apiGroup(group) };
}

/** @param groupVersion `v1`, `apps/v1` */
export function apiResourceList(kinds: readonly Kind[], groupVersion: string) {
  const own = kinds.filter((kind) => apiVersionOf(kind) === groupVersion);
  if (own.length === 0) return undefined;
  const resources = own.flatMap((kind) => [mainResource(kind), ...partsOf(kind)]);
  resources.sort((a, b) => (a.name < b.name ? -1 : 1));
  // the core group's list says no apiVersion
  const version = groupVersion.includes("/") ? { apiVersion: "v1" } : {};
  return { kind: "APIResourceList", ...version, groupVersion, resources };
}

function apiGroup({ name, versions }: ServedGroup) {
  const all = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: all, preferredVersion: all[0]! };
}

const mainResource = (kind: Kind) => ({
  name: kind.resource,
  singularName: kind.singular,
  namespaced: kind.namespaced,
  kind: kind.kind,
  verbs: [...kind.verbs],
  ...(kind.shortNames.length > 0 ? { shortNames: [...kind.shortNames] } : {}),
  ...(kind.categories.length > 0 ? { categories: [...kind.categories] } : {}),
  ...(kind.verbs.includes("list") ? { storageVersionHash: storageVersionHash(kind) } : {}),
});

function partsOf(kind: Kind) {
  return kind.subresources.map((part) => ({
    name: `${kind.resource}/${part.name}`,
    singularName: "",
    namespaced: kind.namespaced,
    ...(apiVersionOf(part) === apiVersionOf(kind)
      ? {}
      : { group: part.group, version: part.version }),
    kind: part.kind,
    verbs: [...part.verbs],
  }));
}

/** Tells clients when objects are stored as something else. */
function storageVersionHash({ group, version, resource: _, kind, storedAs }: Kind): string {
  const text = `${storedAs?.group ?? group}/${storedAs?.version ?? version}/${kind}`;
  return createHash("sha256").update(text).digest().subarray(0, 8).toString("base64");
}
