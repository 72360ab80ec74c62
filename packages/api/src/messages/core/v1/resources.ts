// How much of what a container or a volume asks for and may use.

import { aQuantity, list, map, message, of, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";

export const resourceRequirements = message("io.k8s.api.core.v1.ResourceRequirements", {
  limits: map(1, aQuantity),
  requests: map(2, aQuantity),
  claims: list(
    3,
    of<ResourceClaim>(() => resourceClaim),
  ).listMap("name"),
});
export interface ResourceRequirements extends TypeOf<typeof resourceRequirements> {}

export const resourceClaim = message("io.k8s.api.core.v1.ResourceClaim", {
  name: string(1).required(),
  request: string(2),
});
export interface ResourceClaim extends TypeOf<typeof resourceClaim> {}

export const volumeResourceRequirements = message("io.k8s.api.core.v1.VolumeResourceRequirements", {
  limits: map(1, aQuantity),
  requests: map(2, aQuantity),
});
export interface VolumeResourceRequirements extends TypeOf<typeof volumeResourceRequirements> {}
