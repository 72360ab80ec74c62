// What the API makes of a service before it is validated and stored.
// @see kubernetes pkg/registry/core/service/strategy.go

import type { Service } from "../messages/core/v1/service.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import { isExternallyAccessible } from "../service/exposure.ts";
import { keepSpec, keepStatus } from "./status.ts";

export function prepareServiceForCreate(service: Service): void {
  service.status = { loadBalancer: {} };
}

export function prepareServiceForUpdate(service: Service, old: Service): void {
  keepStatus(service, old);
  dropFieldsOfOldType(service, old);
}

export const prepareServiceForStatusUpdate = keepSpec<Service>;

type Spec = Service["spec"];

/**
 * Turning a service into another type drops what only the old type had, unless the user changed it
 * at the same time: then validation has something to say.
 */
function dropFieldsOfOldType(service: Service, old: Service): void {
  const [spec, before] = [service.spec, old.spec];
  if (hasClusterIP(before) && !hasClusterIP(spec)) {
    if (isSame(spec, before, "clusterIP") && isSame(spec, before, "clusterIPs")) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    dropUnchanged(spec, before, "ipFamilies");
    dropUnchanged(spec, before, "ipFamilyPolicy");
  }
  if (hasNodePorts(before) && !hasNodePorts(spec) && isSameNodePorts(spec, before)) {
    for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (hasHealthCheck(before) && !hasHealthCheck(spec)) {
    dropUnchanged(spec, before, "healthCheckNodePort");
  }
  if (before.type === "LoadBalancer" && spec.type !== "LoadBalancer") {
    dropUnchanged(spec, before, "allocateLoadBalancerNodePorts");
    dropUnchanged(spec, before, "loadBalancerClass");
  }
  if (isExternallyAccessible(before) && !isExternallyAccessible(spec)) {
    dropUnchanged(spec, before, "externalTrafficPolicy");
  }
  if (spec.type !== "LoadBalancer" && service.status) {
    service.status = { ...service.status, loadBalancer: {} };
  }
}

const hasClusterIP = ({ type }: Spec) => type !== "ExternalName";

const hasNodePorts = ({ type }: Spec) => type === "NodePort" || type === "LoadBalancer";

const hasHealthCheck = ({ type, externalTrafficPolicy }: Spec) =>
  type === "LoadBalancer" && externalTrafficPolicy === "Local";

const isSame = (a: Spec, b: Spec, member: keyof Spec) => semanticEqual(a[member], b[member]);

function dropUnchanged(spec: Spec, old: Spec, member: keyof Spec): void {
  if (isSame(spec, old, member)) delete spec[member];
}

function isSameNodePorts(a: Spec, b: Spec): boolean {
  const nodePorts = ({ ports }: Spec) =>
    new Set((ports ?? []).flatMap(({ nodePort }) => (nodePort ? [nodePort] : [])));
  const [left, right] = [nodePorts(a), nodePorts(b)];
  return left.size === right.size && [...left].every((port) => right.has(port));
}
