// Objects as keys and references: how queues, caches and events name them.

import type { KubernetesObject } from "@kubonsai/api";

/** `namespace/name`; cluster-scoped objects have just their name. */
export function keyOf(object: KubernetesObject): string {
  const { namespace = "", name = "" } = object.metadata;
  return joinKey(namespace, name);
}

export const joinKey = (namespace: string, name: string): string =>
  namespace === "" ? name : `${namespace}/${name}`;

export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf("/");
  if (slash < 0) return { namespace: "", name: key };
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** Negative, 0 or positive; resourceVersions are whole numbers of any length, written in decimal. */
export function compareResourceVersions(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface ObjectReference {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
  uid?: string;
  resourceVersion?: string;
  /** `spec.containers{web}` */
  fieldPath?: string;
}

export function referenceTo(object: KubernetesObject, fieldPath?: string): ObjectReference {
  const { namespace, name = "", uid, resourceVersion } = object.metadata;
  return {
    kind: object.kind ?? "",
    ...(namespace ? { namespace } : {}),
    name,
    ...(uid ? { uid } : {}),
    apiVersion: object.apiVersion ?? "",
    ...(resourceVersion ? { resourceVersion } : {}),
    ...(fieldPath ? { fieldPath } : {}),
  };
}
