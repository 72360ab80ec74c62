// Writers of a part of an object leave its metadata alone, but for who manages the part.

import { copyValue, type KubernetesObject } from "@kubonsai/api";

/** Changes `object` in place. */
export function keepOldMetadata(object: KubernetesObject, old: KubernetesObject): void {
  const { managedFields, resourceVersion, uid } = object.metadata;
  object.metadata = { ...copyValue(old.metadata), uid, resourceVersion };
  if (managedFields) object.metadata.managedFields = managedFields;
  else delete object.metadata.managedFields;
}
