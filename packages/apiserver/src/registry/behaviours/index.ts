// The kinds that do more than their value says.

import type { Behaviour, BehaviourContext } from "../behaviour.ts";
import { certificateSigningRequestBehaviour } from "./certificate-signing-request.ts";
import { endpointsBehaviour } from "./endpoints.ts";
import { eventBehaviour } from "./event.ts";
import { jobBehaviour } from "./job.ts";
import { leaseBehaviour } from "./lease.ts";
import { namespaceBehaviour } from "./namespace.ts";
import { persistentVolumeBehaviour } from "./persistent-volume.ts";
import { podBehaviour } from "./pod.ts";
import { scalableBehaviour } from "./scalable.ts";
import { serviceAccountBehaviour } from "./service-account.ts";
import { serviceBehaviour } from "./service.ts";

/** By `<group>/<resource>`. */
export const behaviours: ReadonlyMap<string, (context: BehaviourContext) => Behaviour> = new Map([
  ["/endpoints", endpointsBehaviour],
  ["/events", eventBehaviour],
  ["/namespaces", namespaceBehaviour],
  ["/persistentvolumes", persistentVolumeBehaviour],
  ["/pods", podBehaviour],
  ["/replicationcontrollers", scalableBehaviour],
  ["/serviceaccounts", serviceAccountBehaviour],
  ["/services", serviceBehaviour],
  ["apps/deployments", scalableBehaviour],
  ["apps/replicasets", scalableBehaviour],
  ["apps/statefulsets", scalableBehaviour],
  ["batch/jobs", jobBehaviour],
  ["certificates.k8s.io/certificatesigningrequests", certificateSigningRequestBehaviour],
  ["coordination.k8s.io/leases", leaseBehaviour],
  ["events.k8s.io/events", eventBehaviour],
]);
