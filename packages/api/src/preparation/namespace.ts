// What the API makes of a namespace before it is validated and stored.
// @see kubernetes pkg/registry/core/namespace/strategy.go

import type { Namespace } from "../messages/core/v1/namespace.ts";
import { keepStatus } from "./status.ts";

/** Keeps a namespace until all that is in it is gone. */
const emptyFirst = "kubernetes";

export function prepareNamespaceForCreate(namespace: Namespace): void {
  namespace.status = { phase: "Active" };
  const finalizers = namespace.spec?.finalizers ?? [];
  if (finalizers.includes(emptyFirst)) return;
  namespace.spec = { ...namespace.spec, finalizers: [...finalizers, emptyFirst] };
}

/** Finalizers change through the `finalize` subresource alone. */
export function prepareNamespaceForUpdate(namespace: Namespace, old: Namespace): void {
  keepStatus(namespace, old);
  const spec = { ...namespace.spec };
  if (old.spec?.finalizers === undefined) delete spec.finalizers;
  else spec.finalizers = old.spec.finalizers;
  namespace.spec = spec;
}
