// The resources that controllers speak about.

import type { NamedResource } from "@kubonsai/client";

const core = { group: "", version: "v1" };
const apps = { group: "apps", version: "v1" };

export const pods = namespaced(core, "pods", "Pod");
export const services = namespaced(core, "services", "Service");
export const endpoints = namespaced(core, "endpoints", "Endpoints");
export const configMaps = namespaced(core, "configmaps", "ConfigMap");
export const serviceAccounts = namespaced(core, "serviceaccounts", "ServiceAccount");
export const namespaces: NamedResource = {
  ...core,
  resource: "namespaces",
  namespaced: false,
  kind: "Namespace",
};
export const nodes: NamedResource = { ...core, resource: "nodes", namespaced: false, kind: "Node" };
export const deployments = namespaced(apps, "deployments", "Deployment");
export const replicaSets = namespaced(apps, "replicasets", "ReplicaSet");
export const endpointSlices = namespaced(
  { group: "discovery.k8s.io", version: "v1" },
  "endpointslices",
  "EndpointSlice",
);
export const leases = namespaced(
  { group: "coordination.k8s.io", version: "v1" },
  "leases",
  "Lease",
);

function namespaced(
  group: { group: string; version: string },
  resource: string,
  kind: string,
): NamedResource {
  return { ...group, resource, namespaced: true, kind };
}
