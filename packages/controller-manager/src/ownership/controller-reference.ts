// The one owner that controls an object.

import type { KubernetesObject, ObjectMeta, OwnerReference } from "@kubonsai/api";

export function controllerOf(metadata: ObjectMeta): OwnerReference | undefined {
  return metadata.ownerReferences?.find((reference) => reference.controller === true);
}

/** The reference that makes `owner` an object's controller. */
export function controllerReference(owner: KubernetesObject): OwnerReference {
  const { name = "", uid = "" } = owner.metadata;
  return {
    apiVersion: owner.apiVersion ?? "",
    kind: owner.kind ?? "",
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

export function isControlledBy(object: KubernetesObject, owner: KubernetesObject): boolean {
  return controllerOf(object.metadata)?.uid === owner.metadata.uid;
}
