// ServiceAccount: who a pod is to the API.

import { boolean, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import {
  localObjectReference,
  type LocalObjectReference,
  objectReference,
  type ObjectReference,
} from "./reference.ts";

export const serviceAccount = message("io.k8s.api.core.v1.ServiceAccount", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  secrets: list(
    2,
    of<ObjectReference>(() => objectReference),
  )
    .listMap("name")
    .merge("name"),
  imagePullSecrets: list(
    3,
    of<LocalObjectReference>(() => localObjectReference),
  ).atomic(),
  automountServiceAccountToken: boolean(4).explicit(),
});
export interface ServiceAccount extends TypeOf<typeof serviceAccount> {
  metadata: ObjectMeta;
}
