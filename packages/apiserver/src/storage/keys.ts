// Where objects live in the store. Only this folder knows a key.

import type { Kind, ResourceAddress } from "@kubonsai/api";

export const ROOT = "/registry/";

/** Resources that Kubernetes stores under another name than they are served by. */
const STORED_NAMES: ReadonlyMap<string, string> = new Map([
  ["/services", "services/specs"],
  ["/endpoints", "services/endpoints"],
  ["/nodes", "minions"],
  ["networking.k8s.io/ingresses", "ingress"],
]);

/** Groups whose resources need no group in the key, because no two of them share a name. */
const UNQUALIFIED_GROUPS: ReadonlySet<string> = new Set([
  "",
  "admissionregistration.k8s.io",
  "apps",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "storage.k8s.io",
]);

/** The address under which a kind's objects are stored: its own, or that of `storedAs`. */
export function storageAddress(kind: Kind): Pick<ResourceAddress, "group" | "resource"> {
  return kind.storedAs ?? kind;
}

/** `/registry/pods/`, `/registry/services/specs/`, `/registry/example.com/crontabs/` */
export function resourcePrefix({ group, resource }: Pick<ResourceAddress, "group" | "resource">) {
  const stored = STORED_NAMES.get(`${group}/${resource}`);
  if (stored !== undefined) return `${ROOT}${stored}/`;
  if (UNQUALIFIED_GROUPS.has(group)) return `${ROOT}${resource}/`;
  return `${ROOT}${group}/${resource}/`;
}

/** What follows the prefix: `default/web` of a namespaced object, else the name alone. */
export function objectPath(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}
