// The door of the composition root: start, look at and end a cluster.

export type { ClusterState, ProcessState } from "./control.ts";
export { clusterState, resetCluster, stopCluster } from "./lifecycle.ts";
export type { ClusterOptions, EtcdOptions, PortRange } from "./options.ts";
export { startCluster, type Cluster } from "./start-cluster.ts";
export { UserError } from "./user-error.ts";
