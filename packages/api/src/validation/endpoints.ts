// Endpoints and endpoint slices.
// @see kubernetes pkg/apis/discovery/validation/validation.go

import { duplicate, invalid, required, tooMany, type FieldError } from "../errors/field-error.ts";
import type { EndpointAddress, EndpointPort, Endpoints } from "../messages/core/v1/endpoints.ts";
import type {
  Endpoint,
  EndpointHints,
  EndpointSlice,
} from "../messages/discovery/v1/endpoint-slice.ts";
import type { EndpointSlicePort } from "../messages/discovery/v1/endpoint-slice.ts";
import { isIpv4, isIpv6, validateEndpointIp, validateIp } from "./ip-address.ts";
import { labelValue } from "./label-names.ts";
import { validateLabels } from "./labels.ts";
import { dns1123Label, dns1123Subdomain, portNumber } from "./names.ts";
import {
  each,
  immutable,
  invalidFor,
  isLabel,
  isQualifiedName,
  isSubdomain,
  oneOf,
} from "./rules.ts";

const protocols = ["SCTP", "TCP", "UDP"];

export const validateEndpoints = ({ subsets }: Endpoints): FieldError[] =>
  each("subsets", subsets, (path, { addresses = [], notReadyAddresses = [], ports = [] }) => {
    const text = "must specify `addresses` or `notReadyAddresses`";
    const isEmpty = addresses.length + notReadyAddresses.length === 0;
    return [
      ...(isEmpty ? [required(path, text)] : []),
      ...each(`${path}.addresses`, addresses, addressErrors),
      ...each(`${path}.notReadyAddresses`, notReadyAddresses, addressErrors),
      ...each(`${path}.ports`, ports, (portPath, port) =>
        portErrors(portPath, port, ports.length > 1),
      ),
    ];
  });

function addressErrors(field: string, { ip, hostname, nodeName }: EndpointAddress): FieldError[] {
  return [
    ...validateIp(`${field}.ip`, ip),
    ...(hostname ? isLabel(`${field}.hostname`, hostname) : []),
    ...(nodeName === undefined ? [] : isSubdomain(`${field}.nodeName`, nodeName)),
    ...validateEndpointIp(`${field}.ip`, ip),
  ];
}

function portErrors(field: string, one: EndpointPort, needsName: boolean): FieldError[] {
  const { name, port, protocol, appProtocol } = one;
  const names = name ? isLabel(`${field}.name`, name) : [];
  return [
    ...(needsName && !name ? [required(`${field}.name`)] : names),
    ...invalidFor(`${field}.port`, port, portNumber(port)),
    ...oneOf(`${field}.protocol`, protocol, protocols),
    ...(appProtocol === undefined ? [] : isQualifiedName(`${field}.appProtocol`, appProtocol)),
  ];
}

export function validateEndpointSlice(slice: EndpointSlice): FieldError[] {
  const { addressType, ports = [], endpoints = [] } = slice;
  return [
    ...oneOf("addressType", addressType, ["FQDN", "IPv4", "IPv6"]),
    ...slicePortErrors(ports),
    ...(endpoints.length > 1000
      ? [tooMany("endpoints", endpoints.length, 1000)]
      : each("endpoints", endpoints, (path, one) => endpointErrors(path, one, addressType))),
  ];
}

export const validateEndpointSliceUpdate = (slice: EndpointSlice, old: EndpointSlice) =>
  immutable("addressType", slice.addressType, old.addressType);

function slicePortErrors(ports: readonly EndpointSlicePort[]): FieldError[] {
  if (ports.length > 20000) return [tooMany("ports", ports.length, 20000)];
  const names = new Set<string>();
  return each("ports", ports, (path, { name = "", protocol, appProtocol }) => {
    const errors = name === "" ? [] : isLabel(`${path}.name`, name);
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    errors.push(...oneOf(`${path}.protocol`, protocol, protocols));
    if (appProtocol === undefined) return errors;
    return [...errors, ...isQualifiedName(`${path}.appProtocol`, appProtocol)];
  });
}

function endpointErrors(field: string, endpoint: Endpoint, addressType: string): FieldError[] {
  const { addresses = [], nodeName, hostname, hints, deprecatedTopology } = endpoint;
  const path = `${field}.addresses`;
  const errors: FieldError[] = [];
  if (addresses.length === 0) errors.push(required(path, "must contain at least 1 address"));
  if (addresses.length > 100) errors.push(tooMany(path, addresses.length, 100));
  for (const [i, address] of addresses.entries()) {
    errors.push(...sliceAddress({ list: path, item: `${path}[${i}]` }, address, addressType));
  }
  return [
    ...errors,
    ...(nodeName === undefined ? [] : isSubdomain(`${field}.nodeName`, nodeName)),
    ...validateLabels(`${field}.deprecatedTopology`, deprecatedTopology),
    ...(hostname === undefined ? [] : isLabel(`${field}.hostname`, hostname)),
    ...(hints ? hintErrors(`${field}.hints`, hints) : []),
  ];
}

function sliceAddress(
  { list, item }: { list: string; item: string },
  address: string,
  addressType: string,
): FieldError[] {
  if (addressType === "FQDN") return domainNameErrors(item, address);
  if (addressType !== "IPv4" && addressType !== "IPv6") return [];
  const errors = validateIp(item, address);
  if (errors.length > 0) return errors;
  const isRight = addressType === "IPv4" ? isIpv4(address) : isIpv6(address);
  return [
    ...(isRight ? [] : [invalid(list, address, `must be an ${addressType} address`)]),
    ...validateEndpointIp(item, address),
  ];
}

function domainNameErrors(field: string, address: string): FieldError[] {
  const name = address.replace(/\.$/, "");
  if (name === "") return [required(field)];
  const texts = dns1123Subdomain(name);
  if (texts.length > 0) return [invalid(field, name, texts.join(","))];
  const labels = name.split(".");
  if (labels.length < 2) {
    const text = "should be a domain with at least two segments separated by dots";
    return [invalid(field, name, text)];
  }
  const wrong = labels.find((label) => dns1123Label(label).length > 0);
  return wrong === undefined ? [] : [invalid(field, wrong, dns1123Label(wrong).join(","))];
}

function hintErrors(field: string, { forZones = [], forNodes = [] }: EndpointHints): FieldError[] {
  return [
    ...namedErrors(`${field}.forZones`, forZones, labelValue),
    ...namedErrors(`${field}.forNodes`, forNodes, dns1123Subdomain),
  ];
}

function namedErrors(
  field: string,
  items: readonly { name: string }[],
  rule: (name: string) => string[],
): FieldError[] {
  if (items.length > 8) return [tooMany(field, items.length, 8)];
  const names = new Set<string>();
  return each(field, items, (path, { name }) => {
    const errors = names.has(name) ? [duplicate(`${path}.name`, name)] : [];
    names.add(name);
    return [...errors, ...invalidFor(`${path}.name`, name, rule(name))];
  });
}
