// Every kind served, in the order of discovery within a group. Adding a kind is its file and a line here.

import type { Kind } from "../kind.ts";
import { deploymentKind } from "./apps/deployment.ts";
import { replicaSetKind } from "./apps/replica-set.ts";
import { jobKind } from "./batch/job.ts";
import { leaseKind } from "./coordination/lease.ts";
import { configMapKind } from "./core/config-map.ts";
import { endpointsKind } from "./core/endpoints.ts";
import { eventKind } from "./core/event.ts";
import { namespaceKind } from "./core/namespace.ts";
import { nodeKind } from "./core/node.ts";
import { persistentVolumeKind } from "./core/persistent-volume.ts";
import { persistentVolumeClaimKind } from "./core/persistent-volume-claim.ts";
import { podKind } from "./core/pod.ts";
import { secretKind } from "./core/secret.ts";
import { serviceKind } from "./core/service.ts";
import { serviceAccountKind } from "./core/service-account.ts";
import { endpointSliceKind } from "./discovery/endpoint-slice.ts";
import { eventsEventKind } from "./events/event.ts";
import { ingressKind } from "./networking/ingress.ts";
import { ingressClassKind } from "./networking/ingress-class.ts";
import { networkPolicyKind } from "./networking/network-policy.ts";
import { storageClassKind } from "./storage/storage-class.ts";

export {
  configMapKind,
  deploymentKind,
  endpointSliceKind,
  endpointsKind,
  eventKind,
  eventsEventKind,
  ingressClassKind,
  ingressKind,
  jobKind,
  leaseKind,
  namespaceKind,
  networkPolicyKind,
  nodeKind,
  persistentVolumeClaimKind,
  persistentVolumeKind,
  podKind,
  replicaSetKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  storageClassKind,
};

export const kinds: readonly Kind[] = [
  configMapKind,
  endpointsKind,
  eventKind,
  namespaceKind,
  nodeKind,
  persistentVolumeClaimKind,
  persistentVolumeKind,
  podKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  deploymentKind,
  replicaSetKind,
  eventsEventKind,
  jobKind,
  ingressClassKind,
  ingressKind,
  networkPolicyKind,
  storageClassKind,
  leaseKind,
  endpointSliceKind,
];
