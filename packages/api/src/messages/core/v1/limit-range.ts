// LimitRange: what pods and containers of a namespace may ask for, and get by default.

import { aQuantity, list, map, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const limitRange = message("io.k8s.api.core.v1.LimitRange", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<LimitRangeSpec>(2, () => limitRangeSpec).default({}),
});
export interface LimitRange extends TypeOf<typeof limitRange> {
  metadata: ObjectMeta;
  spec: LimitRangeSpec;
}

export const limitRangeSpec = message("io.k8s.api.core.v1.LimitRangeSpec", {
  limits: list(
    1,
    of<LimitRangeItem>(() => limitRangeItem),
  )
    .atomic()
    .required(),
});
export interface LimitRangeSpec extends TypeOf<typeof limitRangeSpec> {}

export const limitRangeItem = message("io.k8s.api.core.v1.LimitRangeItem", {
  type: string(1).required(),
  max: map(2, aQuantity),
  min: map(3, aQuantity),
  default: map(4, aQuantity),
  defaultRequest: map(5, aQuantity),
  maxLimitRequestRatio: map(6, aQuantity),
});
export interface LimitRangeItem extends TypeOf<typeof limitRangeItem> {}
