// Status as a message: the answer to a failed request, and to some deletes.

import { int32, list, message, of, ref, string } from "../schema/schema.ts";
import type { TypeOf } from "../schema/schema.ts";
import { listMeta, type ListMeta } from "./list-meta.ts";

export const statusCause = message("io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause", {
  reason: string(1),
  message: string(2),
  field: string(3),
});
interface StatusCause extends TypeOf<typeof statusCause> {}

export const statusDetails = message("io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails", {
  name: string(1),
  group: string(2),
  kind: string(3),
  uid: string(6),
  causes: list(
    4,
    of<StatusCause>(() => statusCause),
  ).atomic(),
  retryAfterSeconds: int32(5),
});
interface StatusDetails extends TypeOf<typeof statusDetails> {}

export const status = message("io.k8s.apimachinery.pkg.apis.meta.v1.Status", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ListMeta>(1, () => listMeta).default({}),
  status: string(2),
  message: string(3),
  reason: string(4),
  details: ref<StatusDetails>(5, () => statusDetails),
  code: int32(6),
});
