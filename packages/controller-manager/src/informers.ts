// One informer per kind, shared by all controllers, with the indexes that they ask for.

import type {
  ConfigMap,
  Deployment,
  EndpointSlice,
  Endpoints,
  KubernetesObject,
  Lease,
  Namespace,
  Node,
  Pod,
  ReplicaSet,
  Service,
  ServiceAccount,
} from "@kubonsai/api";
import {
  createInformer,
  type Client,
  type Informer,
  type InformerOptions,
  type InformerSurroundings,
  type NamedResource,
} from "@kubonsai/client";
import { controllerOf } from "./ownership/controller-reference.ts";
import * as resources from "./resources.ts";

export interface SharedInformers {
  pods: Informer<Pod>;
  nodes: Informer<Node>;
  namespaces: Informer<Namespace>;
  services: Informer<Service>;
  endpoints: Informer<Endpoints>;
  endpointSlices: Informer<EndpointSlice>;
  serviceAccounts: Informer<ServiceAccount>;
  deployments: Informer<Deployment>;
  replicaSets: Informer<ReplicaSet>;
  /** Those of the kubelets. */
  nodeLeases: Informer<Lease>;
  /** Only `kube-root-ca.crt` of each namespace. */
  rootCaConfigMaps: Informer<ConfigMap>;
}

/** Index: uid of the controlling owner; `orphans/<namespace>` for objects without one. */
export const BY_CONTROLLER = "controller";
/** Index: the pod's node. */
export const BY_NODE = "node";
/** Index: `<namespace>/<service>` of an endpoint slice. */
export const BY_SERVICE = "service";

export const ROOT_CA_NAME = "kube-root-ca.crt";
export const NODE_LEASE_NAMESPACE = "kube-node-lease";

export const orphansIn = (namespace: string) => `orphans/${namespace}`;

const byController = <T extends KubernetesObject>({ metadata }: T) => [
  controllerOf(metadata)?.uid ?? orphansIn(metadata.namespace ?? ""),
];

export function createSharedInformers(
  client: Client,
  surroundings: InformerSurroundings,
): SharedInformers {
  const informer = <T extends KubernetesObject>(
    resource: NamedResource,
    options: InformerOptions<T> = {},
  ) => createInformer<T>(client, resource, { ...options, ...surroundings });
  return {
    pods: informer<Pod>(resources.pods, {
      indexes: { [BY_CONTROLLER]: byController, [BY_NODE]: ({ spec }) => [spec.nodeName ?? ""] },
    }),
    nodes: informer<Node>(resources.nodes),
    namespaces: informer<Namespace>(resources.namespaces),
    services: informer<Service>(resources.services),
    endpoints: informer<Endpoints>(resources.endpoints),
    endpointSlices: informer<EndpointSlice>(resources.endpointSlices, {
      indexes: { [BY_SERVICE]: serviceOfSlice },
    }),
    serviceAccounts: informer<ServiceAccount>(resources.serviceAccounts),
    deployments: informer<Deployment>(resources.deployments),
    replicaSets: informer<ReplicaSet>(resources.replicaSets, {
      indexes: { [BY_CONTROLLER]: byController },
    }),
    nodeLeases: informer<Lease>(resources.leases, { namespace: NODE_LEASE_NAMESPACE }),
    rootCaConfigMaps: informer<ConfigMap>(resources.configMaps, {
      fieldSelector: `metadata.name=${ROOT_CA_NAME}`,
    }),
  };
}

function serviceOfSlice({ metadata }: EndpointSlice): string[] {
  const service = metadata.labels?.["kubernetes.io/service-name"];
  return service ? [`${metadata.namespace}/${service}`] : [];
}
