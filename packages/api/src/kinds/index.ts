// Every kind served, in the order of discovery within a group. Adding a kind is its file and a line here.

import type { Kind } from "../kind.ts";
import { deploymentKind } from "./apps/deployment.ts";
import { replicaSetKind } from "./apps/replica-set.ts";
import { leaseKind } from "./coordination/lease.ts";
import { configMapKind } from "./core/config-map.ts";
import { endpointsKind } from "./core/endpoints.ts";
import { eventKind } from "./core/event.ts";
import { namespaceKind } from "./core/namespace.ts";
import { nodeKind } from "./core/node.ts";
import { podKind } from "./core/pod.ts";
import { secretKind } from "./core/secret.ts";
import { serviceAccountKind } from "./core/service-account.ts";
import { serviceKind } from "./core/service.ts";
import { endpointSliceKind } from "./discovery/endpoint-slice.ts";
import { eventsEventKind } from "./events/event.ts";

export {
  configMapKind,
  deploymentKind,
  endpointSliceKind,
  endpointsKind,
  eventKind,
  eventsEventKind,
  leaseKind,
  namespaceKind,
  nodeKind,
  podKind,
  replicaSetKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
};

export const kinds: readonly Kind[] = [
  configMapKind,
  endpointsKind,
  eventKind,
  namespaceKind,
  nodeKind,
  podKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  deploymentKind,
  replicaSetKind,
  eventsEventKind,
  leaseKind,
  endpointSliceKind,
];
