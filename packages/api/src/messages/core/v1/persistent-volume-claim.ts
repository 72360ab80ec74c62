// PersistentVolumeClaim: what a pod wants of storage, and what it was given.

import {
  aQuantity,
  aString,
  list,
  map,
  message,
  of,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import { persistentVolumeClaimSpec, type PersistentVolumeClaimSpec } from "./volume.ts";

export const persistentVolumeClaim = message("io.k8s.api.core.v1.PersistentVolumeClaim", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<PersistentVolumeClaimSpec>(2, () => persistentVolumeClaimSpec).default({}),
  status: ref<PersistentVolumeClaimStatus>(3, () => persistentVolumeClaimStatus).default({}),
});
export interface PersistentVolumeClaim extends TypeOf<typeof persistentVolumeClaim> {
  metadata: ObjectMeta;
  spec: PersistentVolumeClaimSpec;
}

export const persistentVolumeClaimStatus = message(
  "io.k8s.api.core.v1.PersistentVolumeClaimStatus",
  {
    phase: string(1).oneOf("Bound", "Lost", "Pending"),
    accessModes: list(2, aString).atomic(),
    capacity: map(3, aQuantity),
    conditions: list(
      4,
      of<PersistentVolumeClaimCondition>(() => persistentVolumeClaimCondition),
    )
      .listMap("type")
      .merge("type"),
    allocatedResources: map(5, aQuantity),
    allocatedResourceStatuses: map(7, aString).granular(),
    currentVolumeAttributesClassName: string(8).explicit(),
    modifyVolumeStatus: ref<ModifyVolumeStatus>(9, () => modifyVolumeStatus),
  },
);
export interface PersistentVolumeClaimStatus extends TypeOf<typeof persistentVolumeClaimStatus> {}

export const persistentVolumeClaimCondition = message(
  "io.k8s.api.core.v1.PersistentVolumeClaimCondition",
  {
    type: string(1).required(),
    status: string(2).required(),
    lastProbeTime: time(3),
    lastTransitionTime: time(4),
    reason: string(5),
    message: string(6),
  },
);
export interface PersistentVolumeClaimCondition extends TypeOf<
  typeof persistentVolumeClaimCondition
> {}

export const modifyVolumeStatus = message("io.k8s.api.core.v1.ModifyVolumeStatus", {
  targetVolumeAttributesClassName: string(1),
  status: string(2).oneOf("InProgress", "Infeasible", "Pending").required(),
});
export interface ModifyVolumeStatus extends TypeOf<typeof modifyVolumeStatus> {}
