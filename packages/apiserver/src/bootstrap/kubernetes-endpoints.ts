// The endpoints of the Service `kubernetes`, which has no selector: the server writes them itself.

import type { Endpoints, EndpointSlice } from "@kubonsai/api";
import type { BootstrapOptions } from "./bootstrap.ts";

export function kubernetesEndpoints({ advertiseAddress, port }: BootstrapOptions): Endpoints {
  return {
    kind: "Endpoints",
    apiVersion: "v1",
    metadata: {
      name: "kubernetes",
      namespace: "default",
      // its slice is written below, not mirrored from here
      labels: { "endpointslice.kubernetes.io/skip-mirror": "true" },
    },
    subsets: [
      { addresses: [{ ip: advertiseAddress }], ports: [{ name: "https", port, protocol: "TCP" }] },
    ],
  };
}

export function kubernetesEndpointSlice(options: BootstrapOptions): EndpointSlice {
  const { advertiseAddress, port } = options;
  return {
    kind: "EndpointSlice",
    apiVersion: "discovery.k8s.io/v1",
    metadata: {
      name: "kubernetes",
      namespace: "default",
      labels: { "kubernetes.io/service-name": "kubernetes" },
    },
    addressType: "IPv4",
    endpoints: [{ addresses: [advertiseAddress], conditions: { ready: true } }],
    ports: [{ name: "https", port, protocol: "TCP" }],
  };
}
