// The Service `kubernetes`: the server's own address within the cluster.

import type { Service } from "@kubonsai/api";
import { ClusterIpRange } from "../registry/allocation/cluster-ips.ts";
import type { BootstrapOptions } from "./bootstrap.ts";

/** @param cidr the range of Services, `10.96.0.0/12` */
export function firstClusterIp(cidr: string): string {
  return new ClusterIpRange(cidr).first;
}

export function kubernetesService({ clusterIp, port }: BootstrapOptions): Service {
  return {
    kind: "Service",
    apiVersion: "v1",
    metadata: {
      name: "kubernetes",
      namespace: "default",
      labels: { component: "apiserver", provider: "kubernetes" },
    },
    spec: {
      type: "ClusterIP",
      clusterIP: clusterIp,
      clusterIPs: [clusterIp],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      ports: [{ name: "https", protocol: "TCP", port: 443, targetPort: port }],
      sessionAffinity: "None",
    },
  };
}
