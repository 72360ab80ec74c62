// Service: gets an address of the cluster's range and ports on the nodes, and gives them back.

import { isReason, type Service } from "@kubonsai/api";
import { ClusterIpRange } from "../allocation/cluster-ips.ts";
import { settleIpFamilies } from "../allocation/ip-families.ts";
import { NodePortRange } from "../allocation/node-ports.ts";
import { ServiceAddresses } from "../allocation/service-addresses.ts";
import { alignClusterIps, keepAllocated } from "../allocation/service-change.ts";
import type { Behaviour, BehaviourContext } from "../behaviour.ts";
import type { WriteOptions } from "../registry.ts";

export function serviceBehaviour(context: BehaviourContext): Behaviour {
  const { lookup, random, options } = context;
  const clusterIps = new ClusterIpRange(options.serviceClusterIpCidr);
  const nodePorts = new NodePortRange(options.serviceNodePortRange);
  const addresses = new ServiceAddresses({ lookup, random, clusterIps, nodePorts });
  return {
    createsOnUpdate: true,
    async beginCreate(object) {
      const service = object as Service;
      alignClusterIps(service);
      settleIpFamilies(service);
      return addresses.reserve(service);
    },
    async beginUpdate(change) {
      const service = change.object as Service;
      const old = change.old as Service;
      keepAllocated(service, old);
      settleIpFamilies(service, old);
      return addresses.reserve(service, old);
    },
    // a Service of the same name must not begin with the endpoints of this one
    afterDelete: ({ metadata }, writing) => deleteEndpoints(context, metadata, writing),
  };
}

async function deleteEndpoints(
  { other }: BehaviourContext,
  { name = "", namespace = "" }: Service["metadata"],
  options: WriteOptions,
): Promise<void> {
  const endpoints = other({ group: "", version: "v1", resource: "endpoints" });
  try {
    await endpoints?.delete({ namespace, name }, options);
  } catch (error) {
    if (!isReason(error, "NotFound")) throw error;
  }
}
