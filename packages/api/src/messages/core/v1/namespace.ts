// Namespace: a room of names.

import { aString, list, message, of, ref, string, time } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const namespace = message("io.k8s.api.core.v1.Namespace", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<NamespaceSpec>(2, () => namespaceSpec).default({}),
  status: ref<NamespaceStatus>(3, () => namespaceStatus).default({}),
});
export interface Namespace extends TypeOf<typeof namespace> {
  metadata: ObjectMeta;
}

export const namespaceSpec = message("io.k8s.api.core.v1.NamespaceSpec", {
  finalizers: list(1, aString).atomic(),
});
export interface NamespaceSpec extends TypeOf<typeof namespaceSpec> {}

export const namespaceStatus = message("io.k8s.api.core.v1.NamespaceStatus", {
  phase: string(1).oneOf("Active", "Terminating"),
  conditions: list(
    2,
    of<NamespaceCondition>(() => namespaceCondition),
  )
    .listMap("type")
    .merge("type"),
});
export interface NamespaceStatus extends TypeOf<typeof namespaceStatus> {}

export const namespaceCondition = message("io.k8s.api.core.v1.NamespaceCondition", {
  type: string(1).required(),
  status: string(2).required(),
  lastTransitionTime: time(4),
  reason: string(5),
  message: string(6),
});
export interface NamespaceCondition extends TypeOf<typeof namespaceCondition> {}
