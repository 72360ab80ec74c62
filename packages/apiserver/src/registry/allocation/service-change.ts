// What an update of a Service means where the client left out what it was once given.
// @see kubernetes pkg/registry/core/service/storage/storage.go patchAllocatedValues, normalizeClusterIPs
// @see kubernetes pkg/registry/core/service/strategy.go dropTypeDependentFields

import type { Service } from "@kubonsai/api";
import { equalJson } from "../json.ts";
import {
  needsClusterIp,
  needsHealthCheckPort,
  needsNodePorts,
  usesNodePorts,
} from "./service-kinds.ts";

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

/** Drops what the new type has no use for, unless the user changed it as well. */
export function dropUnneeded(service: Service, old: Service): void {
  const { spec } = service;
  const isSame = (field: keyof Service["spec"]) => equalJson(spec[field], old.spec[field]);
  if (needsClusterIp(old) && !needsClusterIp(service)) {
    if (isSame("clusterIP") && isSame("clusterIPs")) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (isSame("ipFamilies")) delete spec.ipFamilies;
    if (isSame("ipFamilyPolicy")) delete spec.ipFamilyPolicy;
  }
  if (needsNodePorts(old) && !needsNodePorts(service) && hasSamePorts(service, old)) {
    for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (
    needsHealthCheckPort(old) &&
    !needsHealthCheckPort(service) &&
    isSame("healthCheckNodePort")
  ) {
    delete spec.healthCheckNodePort;
  }
  dropLoadBalancerFields(service, old);
}

function dropLoadBalancerFields(service: Service, old: Service): void {
  const { spec } = service;
  const isSame = (field: keyof Service["spec"]) => equalJson(spec[field], old.spec[field]);
  if (old.spec.type === "LoadBalancer" && spec.type !== "LoadBalancer") {
    if (isSame("allocateLoadBalancerNodePorts")) delete spec.allocateLoadBalancerNodePorts;
    if (isSame("loadBalancerClass")) delete spec.loadBalancerClass;
  }
  const isOpen = (one: Service) => usesNodePorts(one) || Boolean(one.spec.externalIPs?.length);
  if (isOpen(old) && !isOpen(service) && isSame("externalTrafficPolicy")) {
    delete spec.externalTrafficPolicy;
  }
}

function hasSamePorts(service: Service, old: Service): boolean {
  const numbers = ({ spec }: Service) => new Set(spec.ports?.map(({ nodePort }) => nodePort ?? 0));
  const before = numbers(old);
  return [...numbers(service)].every((port) => port === 0 || before.has(port));
}
