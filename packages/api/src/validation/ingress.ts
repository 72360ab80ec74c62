// Ingresses: hosts, paths and what stands behind them.
// @see kubernetes pkg/apis/networking/validation/validation.go ValidateIngressSpec

import { invalid, required, type FieldError } from "../errors/field-error.ts";
import type {
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressRule,
  IngressServiceBackend,
  IngressTLS,
} from "../messages/networking/v1/ingress.ts";
import { validateIngressParameters } from "./ingress-class.ts";
import { parseIp, validateIp } from "./ip-address.ts";
import { dns1123Subdomain, portName, portNumber, wildcardSubdomain } from "./names.ts";
import { each, invalidFor, isLabel, isSubdomain, optionalOneOf } from "./rules.ts";

const classAnnotation = "kubernetes.io/ingress.class";
const notAnAddress = "must be a DNS name, not an IP address";

export function validateIngress({ spec }: Ingress): FieldError[] {
  const { rules = [], defaultBackend, ingressClassName } = spec;
  const isEmpty = rules.length === 0 && !defaultBackend;
  const text = "either `defaultBackend` or `rules` must be specified";
  return [
    ...(isEmpty ? [invalid("spec", null, text)] : []),
    ...(defaultBackend ? backendErrors("spec.defaultBackend", defaultBackend) : []),
    ...each("spec.rules", rules, ruleErrors),
    ...each("spec.tls", spec.tls, tlsErrors),
    ...(ingressClassName === undefined
      ? []
      : isSubdomain("spec.ingressClassName", ingressClassName)),
  ];
}

export function validateIngressCreate({ metadata, spec }: Ingress): FieldError[] {
  const annotated = metadata.annotations?.[classAnnotation];
  const { ingressClassName } = spec;
  if (annotated === undefined || ingressClassName === undefined) return [];
  if (annotated === ingressClassName) return [];
  const text = "must match `ingressClassName` when both are specified";
  return [invalid(`annotations.${classAnnotation}`, annotated, text)];
}

export const validateIngressStatusUpdate = ({ status }: Ingress): FieldError[] =>
  each("status.loadBalancer.ingress", status?.loadBalancer?.ingress, (path, { ip, hostname }) => [
    ...(ip ? validateIp(`${path}.ip`, ip) : []),
    ...(hostname ? isSubdomain(`${path}.hostname`, hostname) : []),
    ...(hostname && parseIp(hostname) ? [invalid(`${path}.hostname`, hostname, notAnAddress)] : []),
  ]);

export const ingressWarnings = ({ metadata, spec }: Ingress, old?: Ingress): string[] => {
  const annotated = metadata.annotations?.[classAnnotation] !== undefined;
  if (old !== undefined || !annotated || spec.ingressClassName !== undefined) return [];
  return [
    `annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`,
  ];
};

const hostName = (host: string) =>
  host.includes("*") ? wildcardSubdomain(host) : dns1123Subdomain(host);

function ruleErrors(field: string, { host, http }: IngressRule): FieldError[] {
  const errors: FieldError[] = [];
  if (host && parseIp(host)) errors.push(invalid(`${field}.host`, host, notAnAddress));
  if (host) errors.push(...invalidFor(`${field}.host`, host, hostName(host)));
  if (!http) return errors;
  const paths = `${field}.http.paths`;
  if ((http.paths ?? []).length === 0) errors.push(required(paths));
  return [...errors, ...each(paths, http.paths, pathErrors)];
}

function tlsErrors(field: string, { hosts, secretName }: IngressTLS): FieldError[] {
  return [
    ...each(`${field}.hosts`, hosts, (path, host) => invalidFor(path, host, hostName(host))),
    ...(secretName ? isSubdomain(`${field}.secretName`, secretName) : []),
  ];
}

const wrongParts = ["//", "/./", "/../", "%2f", "%2F"];
const wrongEnds = ["/..", "/."];

function pathErrors(field: string, one: HTTPIngressPath): FieldError[] {
  const { path = "", pathType, backend } = one;
  if (pathType === undefined) return [required(`${field}.pathType`, "pathType must be specified")];
  const types = ["Exact", "ImplementationSpecific", "Prefix"];
  return [
    ...shapeErrors(`${field}.path`, path, pathType),
    ...optionalOneOf(`${field}.pathType`, pathType, types),
    ...backendErrors(`${field}.backend`, backend ?? {}),
  ];
}

function shapeErrors(field: string, path: string, pathType: string): FieldError[] {
  const isRelative = !path.startsWith("/");
  const relative = isRelative ? [invalid(field, path, "must be an absolute path")] : [];
  if (pathType === "ImplementationSpecific") return path === "" ? [] : relative;
  if (pathType !== "Exact" && pathType !== "Prefix") return [];
  return [
    ...relative,
    ...wrongParts
      .filter((part) => path.includes(part))
      .map((part) => invalid(field, path, `must not contain '${part}'`)),
    ...wrongEnds
      .filter((end) => path.endsWith(end))
      .map((end) => invalid(field, path, `cannot end with '${end}'`)),
  ];
}

function backendErrors(field: string, { resource, service }: IngressBackend): FieldError[] {
  if (resource && service) {
    return [invalid(field, "", "cannot set both resource and service backends")];
  }
  if (resource) return validateIngressParameters(`${field}.resource`, resource);
  if (service) return serviceErrors(field, service);
  return [invalid(field, "", "resource or service backend is required")];
}

function serviceErrors(field: string, { name, port = {} }: IngressServiceBackend): FieldError[] {
  const errors = name
    ? isLabel(`${field}.service.name`, name)
    : [required(`${field}.service.name`)];
  const path = `${field}.service.port`;
  if (port.name && port.number) {
    return [...errors, invalid(field, "", "cannot set both port name & port number")];
  }
  if (port.name) return [...errors, ...invalidFor(`${path}.name`, port.name, portName(port.name))];
  if (port.number) {
    return [...errors, ...invalidFor(`${path}.number`, port.number, portNumber(port.number))];
  }
  return [...errors, required(field, "port name or number is required")];
}
