// Network policies: their peers, ports and ranges.
// @see kubernetes pkg/apis/networking/validation/validation.go ValidateNetworkPolicy

import { forbidden, invalid, required, type FieldError } from "../errors/field-error.ts";
import type {
  IPBlock,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from "../messages/networking/v1/network-policy.ts";
import { parseCidr, rangeHolds, validateCidr } from "./ip-address.ts";
import { validateLabelSelector } from "./labels.ts";
import { portName, portNumber } from "./names.ts";
import { each, invalidFor, optionalOneOf } from "./rules.ts";

export function validateNetworkPolicy({ spec }: NetworkPolicy): FieldError[] {
  const rules = (field: string, ports: NetworkPolicyPort[] = []) =>
    each(`${field}.ports`, ports, portErrors);
  return [
    ...validateLabelSelector("spec.podSelector", spec.podSelector),
    ...each("spec.ingress", spec.ingress, (path, { ports, from }) => [
      ...rules(path, ports),
      ...each(`${path}.from`, from, peerErrors),
    ]),
    ...each("spec.egress", spec.egress, (path, { ports, to }) => [
      ...rules(path, ports),
      ...each(`${path}.to`, to, peerErrors),
    ]),
    ...typeErrors("spec.policyTypes", spec.policyTypes ?? []),
  ];
}

function typeErrors(field: string, types: readonly string[]): FieldError[] {
  if (types.length > 2) return [invalid(field, types, "may not specify more than two policyTypes")];
  return each(field, types, (path, type) => optionalOneOf(path, type, ["Ingress", "Egress"]));
}

function portErrors(field: string, { protocol, port, endPort }: NetworkPolicyPort): FieldError[] {
  const protocols = optionalOneOf(`${field}.protocol`, protocol, ["TCP", "UDP", "SCTP"]);
  return [...protocols, ...rangeErrors(field, port, endPort)];
}

function rangeErrors(
  field: string,
  port: number | string | undefined,
  endPort: number | undefined,
): FieldError[] {
  const end = `${field}.endPort`;
  if (port === undefined) {
    const text = "may not be specified when `port` is not specified";
    return endPort === undefined ? [] : [invalid(end, endPort, text)];
  }
  if (typeof port === "string") {
    const text = "may not be specified when `port` is non-numeric";
    const names = invalidFor(`${field}.port`, port, portName(port));
    return endPort === undefined ? names : [invalid(end, endPort, text), ...names];
  }
  const errors = invalidFor(`${field}.port`, port, portNumber(port));
  if (endPort === undefined) return errors;
  if (endPort < port) errors.push(invalid(end, port, "must be greater than or equal to `port`"));
  return [...errors, ...invalidFor(end, endPort, portNumber(endPort))];
}

function peerErrors(field: string, peer: NetworkPolicyPeer): FieldError[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const errors = [
    ...validateLabelSelector(`${field}.podSelector`, podSelector),
    ...validateLabelSelector(`${field}.namespaceSelector`, namespaceSelector),
    ...(ipBlock ? blockErrors(`${field}.ipBlock`, ipBlock) : []),
  ];
  if (!podSelector && !namespaceSelector && !ipBlock) {
    return [...errors, required(field, "must specify a peer")];
  }
  if (!ipBlock || (!podSelector && !namespaceSelector)) return errors;
  return [...errors, forbidden(field, "may not specify both ipBlock and another peer")];
}

function blockErrors(field: string, { cidr, except }: IPBlock): FieldError[] {
  if (!cidr) return [required(`${field}.cidr`)];
  const range = parseCidr(cidr);
  if (!range) return validateCidr(`${field}.cidr`, cidr);
  return each(`${field}.except`, except, (path, text) => {
    const part = parseCidr(text);
    if (!part) return validateCidr(path, text);
    const isSubset = rangeHolds(range, part.address) && range.bits < part.bits;
    return isSubset ? [] : [invalid(path, text, "must be a strict subset of `cidr`")];
  });
}
