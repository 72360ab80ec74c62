// Services. Which addresses and node ports are free is for the server to say.
// @see kubernetes pkg/apis/core/validation/validation.go validateService

import { duplicate, forbidden, invalid, notSupported } from "../errors/field-error.ts";
import { required, type FieldError } from "../errors/field-error.ts";
import type { Service, ServicePort, ServiceSpec } from "../messages/core/v1/service.ts";
import { isExternallyAccessible, isHeadless } from "../service/exposure.ts";
import { validateCidr, validateEndpointIp, validateIp } from "./ip-address.ts";
import { validateLabels } from "./labels.ts";
import { portNumber } from "./names.ts";
import { each, invalidFor, isLabel, isQualifiedName, isSubdomain } from "./rules.ts";
import { oneOf, optionalOneOf, portNumberOrName } from "./rules.ts";
import { addressErrors } from "./service-addresses.ts";

const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const day = 86400;

export function validateService({ spec }: Service): FieldError[] {
  const needsPorts = !isHeadless(spec) && spec.type !== "ExternalName";
  return [
    ...(needsPorts && (spec.ports ?? []).length === 0 ? [required("spec.ports")] : []),
    ...typeErrors(spec),
    ...portErrors(spec),
    ...validateLabels("spec.selector", spec.selector),
    ...affinityErrors(spec),
    ...addressErrors(spec),
    ...each("spec.externalIPs", spec.externalIPs, externalIpErrors),
    ...oneOf("spec.type", spec.type, types),
    ...nodePortErrors(spec),
    ...loadBalancerErrors(spec),
    ...trafficErrors(spec),
  ];
}

export function validateServiceStatusUpdate({ spec, status }: Service): FieldError[] {
  const ingress = status?.loadBalancer?.ingress ?? [];
  const field = "status.loadBalancer.ingress";
  if (spec.type !== "LoadBalancer" && ingress.length > 0) {
    return [forbidden(field, "may only be used when `spec.type` is 'LoadBalancer'")];
  }
  return each(field, ingress, (path, { ip, ipMode, hostname }) => [
    ...(ip ? validateIp(`${path}.ip`, ip) : []),
    ...(ip && !ipMode ? [required(`${path}.ipMode`, "must be specified when `ip` is set")] : []),
    ...(!ip && ipMode
      ? [forbidden(`${path}.ipMode`, "may not be specified when `ip` is not set")]
      : []),
    ...(ip ? optionalOneOf(`${path}.ipMode`, ipMode, ["Proxy", "VIP"]) : []),
    ...(hostname ? isSubdomain(`${path}.hostname`, hostname) : []),
  ]);
}

function externalIpErrors(field: string, ip: string): FieldError[] {
  const errors = validateIp(field, ip);
  return errors.length > 0 ? errors : validateEndpointIp(field, ip);
}

function typeErrors(spec: ServiceSpec): FieldError[] {
  if (spec.type === "ExternalName") return externalNameErrors(spec);
  const needsAddress = spec.type === "LoadBalancer" || spec.type === "NodePort";
  if (!needsAddress || !isHeadless(spec)) return [];
  const text = `may not be set to 'None' for ${spec.type} services`;
  return [invalid("spec.clusterIPs[0]", spec.clusterIPs?.[0] ?? "None", text)];
}

function externalNameErrors(spec: ServiceSpec): FieldError[] {
  const text = "may not be set for ExternalName services";
  const errors: FieldError[] = [];
  if ((spec.clusterIPs ?? []).length > 0) errors.push(forbidden("spec.clusterIPs", text));
  if ((spec.ipFamilies ?? []).length > 0) errors.push(forbidden("spec.ipFamilies", text));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden("spec.ipFamilyPolicy", text));
  const name = (spec.externalName ?? "").replace(/\.$/, "");
  if (name === "") return [...errors, required("spec.externalName")];
  return [...errors, ...isSubdomain("spec.externalName", name)];
}

function portErrors({ ports = [] }: ServiceSpec): FieldError[] {
  const names = new Set<string>();
  return each("spec.ports", ports, (path, one) => [
    ...portNameErrors(`${path}.name`, one.name, { names, isRequired: ports.length > 1 }),
    ...invalidFor(`${path}.port`, one.port, portNumber(one.port)),
    ...oneOf(`${path}.protocol`, one.protocol, ["SCTP", "TCP", "UDP"]),
    ...portNumberOrName(`${path}.targetPort`, one.targetPort),
    ...(one.appProtocol === undefined
      ? []
      : isQualifiedName(`${path}.appProtocol`, one.appProtocol)),
  ]);
}

function portNameErrors(
  field: string,
  name: string | undefined,
  { names, isRequired }: { names: Set<string>; isRequired: boolean },
): FieldError[] {
  if (!name) return isRequired ? [required(field)] : [];
  const errors = isLabel(field, name);
  if (names.has(name)) errors.push(duplicate(field, name));
  names.add(name);
  return errors;
}

function affinityErrors({ sessionAffinity, sessionAffinityConfig: config }: ServiceSpec) {
  const errors = oneOf("spec.sessionAffinity", sessionAffinity, ["ClientIP", "None"]);
  const field = "spec.sessionAffinityConfig";
  if (sessionAffinity === "None" && config) {
    errors.push(forbidden(field, "must not be set when session affinity is None"));
  }
  if (sessionAffinity !== "ClientIP") return errors;
  if (!config) return [...errors, required(field, "when session affinity type is ClientIP")];
  const seconds = config.clientIP?.timeoutSeconds;
  const path = `${field}.clientIP.timeoutSeconds`;
  if (seconds === undefined) {
    return [...errors, required(path, "when session affinity type is ClientIP")];
  }
  if (seconds > 0 && seconds <= day) return errors;
  return [...errors, invalid(path, seconds, `must be greater than 0 and less than ${day}`)];
}

function nodePortErrors({ type, ports }: ServiceSpec): FieldError[] {
  const [seenNodePorts, seenPorts] = [new Set<string>(), new Set<string>()];
  const forbiddenText = "may not be used when `type` is 'ClusterIP'";
  const check = (path: string, one: ServicePort): FieldError[] => {
    const errors: FieldError[] = [];
    const { nodePort, protocol, port } = one;
    if (type === "ClusterIP" && nodePort) errors.push(forbidden(`${path}.nodePort`, forbiddenText));
    if (nodePort && isRepeated(seenNodePorts, `${protocol}/${nodePort}`)) {
      errors.push(duplicate(`${path}.nodePort`, nodePort));
    }
    if (isRepeated(seenPorts, `${protocol}/${port}`)) {
      errors.push(duplicate(path, { port, protocol }));
    }
    return errors;
  };
  return each("spec.ports", ports, check);
}

function isRepeated(seen: Set<string>, key: string): boolean {
  const found = seen.has(key);
  seen.add(key);
  return found;
}

function loadBalancerErrors(spec: ServiceSpec): FieldError[] {
  const isBalancer = spec.type === "LoadBalancer";
  const only = "may only be used when `type` is 'LoadBalancer'";
  const errors: FieldError[] = [];
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const field = "spec.LoadBalancerSourceRanges";
  if (ranges.length > 0 && !isBalancer) errors.push(forbidden(field, only));
  errors.push(...each(field, ranges, (path, range) => validateCidr(path, range.trim())));
  if (spec.allocateLoadBalancerNodePorts !== undefined && !isBalancer) {
    errors.push(forbidden("spec.allocateLoadBalancerNodePorts", only));
  }
  if (spec.loadBalancerClass === undefined) return errors;
  const path = "spec.loadBalancerClass";
  if (!isBalancer) return [...errors, forbidden(path, only)];
  return [...errors, ...isQualifiedName(path, spec.loadBalancerClass)];
}

function trafficErrors(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const { externalTrafficPolicy: external, trafficDistribution } = spec;
  const field = "spec.externalTrafficPolicy";
  if (isExternallyAccessible(spec)) errors.push(...oneOf(field, external, ["Cluster", "Local"]));
  else if (external) {
    errors.push(invalid(field, external, "may only be set for externally-accessible services"));
  }
  errors.push(...healthCheckErrors(spec));
  const internal = spec.internalTrafficPolicy;
  if (internal !== undefined || spec.type !== "ExternalName") {
    errors.push(...oneOf("spec.internalTrafficPolicy", internal, ["Cluster", "Local"]));
  }
  const distributions = ["PreferClose", "PreferSameZone", "PreferSameNode"];
  if (trafficDistribution !== undefined && !distributions.includes(trafficDistribution)) {
    errors.push(notSupported("spec.trafficDistribution", trafficDistribution, distributions));
  }
  return errors;
}

/** The port itself is given by the server where it is needed. */
function healthCheckErrors(spec: ServiceSpec): FieldError[] {
  const port = spec.healthCheckNodePort;
  if (!port) return [];
  const field = "spec.healthCheckNodePort";
  if (spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local") {
    return invalidFor(field, port, portNumber(port));
  }
  const text =
    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return [invalid(field, port, text)];
}
