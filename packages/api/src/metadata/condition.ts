// Condition: one observation of an object's state, as newer kinds hold it.

import { int64, message, string, time } from "../schema/schema.ts";
import type { TypeOf } from "../schema/schema.ts";

export const condition = message("io.k8s.apimachinery.pkg.apis.meta.v1.Condition", {
  type: string(1).required(),
  status: string(2).required(),
  observedGeneration: int64(3),
  lastTransitionTime: time(4).required(),
  reason: string(5).required(),
  message: string(6).required(),
});
export interface Condition extends TypeOf<typeof condition> {}
