// ReplicationController: so many pods of one template, as it was done first.

import {
  aString,
  int32,
  int64,
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
import { podTemplateSpec, type PodTemplateSpec } from "./pod.ts";

export const replicationController = message("io.k8s.api.core.v1.ReplicationController", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<ReplicationControllerSpec>(2, () => replicationControllerSpec).default({}),
  status: ref<ReplicationControllerStatus>(3, () => replicationControllerStatus).default({}),
});
export interface ReplicationController extends TypeOf<typeof replicationController> {
  metadata: ObjectMeta;
  spec: ReplicationControllerSpec;
}

export const replicationControllerSpec = message("io.k8s.api.core.v1.ReplicationControllerSpec", {
  replicas: int32(1).default(1).explicit(),
  minReadySeconds: int32(4),
  selector: map(2, aString).atomic(),
  template: ref<PodTemplateSpec>(3, () => podTemplateSpec),
});
export interface ReplicationControllerSpec extends TypeOf<typeof replicationControllerSpec> {}

export const replicationControllerStatus = message(
  "io.k8s.api.core.v1.ReplicationControllerStatus",
  {
    replicas: int32(1).required(),
    fullyLabeledReplicas: int32(2),
    readyReplicas: int32(4),
    availableReplicas: int32(5),
    observedGeneration: int64(3),
    conditions: list(
      6,
      of<ReplicationControllerCondition>(() => replicationControllerCondition),
    )
      .listMap("type")
      .merge("type"),
  },
);
export interface ReplicationControllerStatus extends TypeOf<typeof replicationControllerStatus> {}

export const replicationControllerCondition = message(
  "io.k8s.api.core.v1.ReplicationControllerCondition",
  {
    type: string(1).required(),
    status: string(2).required(),
    lastTransitionTime: time(3),
    reason: string(4),
    message: string(5),
  },
);
export interface ReplicationControllerCondition extends TypeOf<
  typeof replicationControllerCondition
> {}
