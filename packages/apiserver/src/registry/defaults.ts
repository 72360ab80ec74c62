// Fills in what a client left out: first what the schema says, then what follows from the rest.

import { applyDefaults, apiVersionOf, type Kind, type KubernetesObject } from "@kubonsai/api";

/** Changes `object` in place; idempotent. */
export function setDefaults(kind: Kind, object: KubernetesObject): void {
  object.kind = kind.kind;
  object.apiVersion = apiVersionOf(kind);
  applyDefaults(kind.schema, object);
  kind.setDefaults?.(object);
}
