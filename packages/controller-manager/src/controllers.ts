// The controllers. They meet in objects only, so that their order does not matter.

import type { MakeController } from "./controller.ts";
import { deploymentController } from "./deployment/controller.ts";
import { endpointsController } from "./endpoints/controller.ts";
import { endpointSliceController } from "./endpointslice/controller.ts";
import { garbageCollector } from "./garbage-collector/controller.ts";
import { namespaceController } from "./namespace/controller.ts";
import { nodeLifecycleController } from "./node-lifecycle/controller.ts";
import { podGcController } from "./pod-gc/controller.ts";
import { replicaSetController } from "./replicaset/controller.ts";
import { rootCaController } from "./root-ca/controller.ts";
import { serviceAccountController } from "./service-account/controller.ts";
import { taintEvictionController } from "./taint-eviction/controller.ts";

export const controllers: readonly MakeController[] = [
  serviceAccountController,
  rootCaController,
  deploymentController,
  replicaSetController,
  endpointsController,
  endpointSliceController,
  namespaceController,
  garbageCollector,
  nodeLifecycleController,
  taintEvictionController,
  podGcController,
];
