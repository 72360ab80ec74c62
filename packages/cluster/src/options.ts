// What a person can choose about a cluster.

import type { Clock, Random } from "@kubonsai/clock";

export interface ClusterOptions {
  /** Where everything is kept; made when missing. */
  dataDir: string;
  /** 0: any free port. */
  port: number;
  /** Simulated nodes, named node-1, node-2, … */
  nodes: number;
  /** Where to write the kubeconfig; absent: in the data folder. */
  kubeconfig?: string;
  serviceNodePortRange: PortRange;
  /** A real etcd instead of the store that comes with the cluster. */
  etcd?: EtcdOptions;
  processes: "split" | "single";
  logLevel: "debug" | "info" | "warn" | "error";
  clock: Clock;
  random: Random;
  /** Told of every step worth a line: a component is ready, died, comes back. */
  report: (line: string) => void;
  /** When the user asked for it, for the time that the last line tells; default: now. */
  startedAtMs?: number;
}

export interface EtcdOptions {
  /** `https://a:2379,https://b:2379`: members of one cluster. */
  servers: string;
  /** PEM files, for `https`. */
  caFile?: string;
  certFile?: string;
  keyFile?: string;
  /** Stands before every key. */
  prefix?: string;
}

/** Both ends belong to it. */
export interface PortRange {
  first: number;
  last: number;
}

export const HOST = "127.0.0.1";
export const SERVICE_CIDR = "10.96.0.0/16";
