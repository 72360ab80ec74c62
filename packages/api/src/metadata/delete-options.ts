// DeleteOptions: how an object should go.

import { aString, boolean, int64, list, message, ref, string } from "../schema/schema.ts";
import type { TypeOf } from "../schema/schema.ts";

export const deleteOptions = message("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions", {
  kind: string(0),
  apiVersion: string(0),
  gracePeriodSeconds: int64(1).explicit(),
  preconditions: ref<Preconditions>(2, () => preconditions),
  orphanDependents: boolean(3).explicit(),
  propagationPolicy: string(4).explicit(),
  dryRun: list(5, aString).atomic(),
  ignoreStoreReadErrorWithClusterBreakingPotential: boolean(6).explicit(),
});
export interface DeleteOptions extends TypeOf<typeof deleteOptions> {}

export const preconditions = message("io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions", {
  uid: string(1).explicit(),
  resourceVersion: string(2).explicit(),
});
export interface Preconditions extends TypeOf<typeof preconditions> {}
