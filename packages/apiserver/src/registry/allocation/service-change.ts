// What an update of a Service means where the client left out what it was once given.
// @see kubernetes pkg/registry/core/service/storage/storage.go patchAllocatedValues, normalizeClusterIPs

import type { Service } from "@kubonsai/api";
import { equalJson } from "../json.ts";
import { needsClusterIp, needsHealthCheckPort, needsNodePorts } from "./service-kinds.ts";

/** Of a new Service. Changes it in place. */
export function alignClusterIps({ spec }: Service): void {
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
}

/** Changes `service` in place. */
export function keepAllocated(service: Service, old: Service): void {
  if (needsClusterIp(old) && needsClusterIp(service)) keepClusterIp(service, old);
  if (needsNodePorts(old) && needsNodePorts(service)) keepNodePorts(service, old);
  if (needsHealthCheckPort(old) && needsHealthCheckPort(service)) {
    service.spec.healthCheckNodePort ||= old.spec.healthCheckNodePort;
  }
  followClusterIp(service, old);
}

function keepClusterIp({ spec }: Service, old: Service): void {
  spec.clusterIP ||= old.spec.clusterIP;
  if (!spec.clusterIPs?.length && old.spec.clusterIPs) spec.clusterIPs = [...old.spec.clusterIPs];
}

/** Ports are known by name; a number that is used already stays where it is. */
function keepNodePorts({ spec }: Service, old: Service): void {
  const now = new Set(spec.ports?.map(({ nodePort }) => nodePort));
  const before = new Map(old.spec.ports?.map(({ name, nodePort }) => [name ?? "", nodePort]));
  for (const port of spec.ports ?? []) {
    const was = before.get(port.name ?? "");
    if (!port.nodePort && was && !now.has(was)) port.nodePort = was;
  }
}

/** Clients that know only `clusterIP` mean `clusterIPs` as well. */
function followClusterIp({ spec }: Service, old: Service): void {
  const { clusterIP = "", clusterIPs } = old.spec;
  if (spec.clusterIP === old.spec.clusterIP) {
    if (!spec.clusterIPs?.length && clusterIPs?.length) spec.clusterIPs = [...clusterIPs];
    return;
  }
  if (!equalJson(spec.clusterIPs ?? [], clusterIPs ?? [])) return;
  if (clusterIP !== "" && !spec.clusterIP) delete spec.clusterIPs;
  else if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
}
